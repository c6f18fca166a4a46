namespace Assay.Evaluation.Checks;

/// <summary>Which call that was made stands for which that was wanted; each for at most one.</summary>
internal static class CallMatching
{
    /// <summary>As many as can be matched, whatever the order (augmenting paths). Per wanted call the made one, or −1.</summary>
    public static int[] InAnyOrder(int wanted, int made, Func<int, int, bool> fits)
    {
        var owner = new int[made];
        Array.Fill(owner, -1);
        for (var w = 0; w < wanted; w++) Assign(w, new bool[made]);
        var found = new int[wanted];
        Array.Fill(found, -1);
        for (var m = 0; m < made; m++)
            if (owner[m] >= 0) found[owner[m]] = m;
        return found;

        bool Assign(int w, bool[] tried)
        {
            for (var m = 0; m < made; m++)
            {
                if (tried[m] || !fits(w, m)) continue;
                tried[m] = true;
                if (owner[m] >= 0 && !Assign(owner[m], tried)) continue;
                owner[m] = w;
                return true;
            }
            return false;
        }
    }

    /// <summary>Each wanted call by the first made one after the one before it.</summary>
    public static int[] InOrder(int wanted, int made, Func<int, int, bool> fits)
    {
        var found = new int[wanted];
        Array.Fill(found, -1);
        for (int w = 0, m = 0; w < wanted; w++)
        {
            while (m < made && !fits(w, m)) m++;
            if (m == made) break;
            found[w] = m++;
        }
        return found;
    }
}
