namespace Assay.Statistics;

/// <summary>Newton's method for the log-likelihood, which is concave in log strengths, order effect and log ν.</summary>
internal static class PairwiseLikelihood
{
    // e^25 : 1 is no finite estimate but the flat edge of a likelihood without a maximum.
    private const double Unbounded = 25;

    public static Estimated<BradleyTerryFit> Fit(IReadOnlyList<Game> games, int players, bool davidson, bool orderEffect)
    {
        int order = players - 1, tie = order + (orderEffect ? 1 : 0), size = tie + (davidson ? 1 : 0);
        var parameters = new double[size];
        double[] gradient = new double[size], score = new double[size];
        var information = new double[size, size];
        double before = double.NegativeInfinity;
        for (var step = 0; ; step++)
        {
            Array.Clear(gradient);
            Array.Clear(information);
            double likelihood = 0;
            foreach (var game in games)
            {
                likelihood += Add(game, score, information);
                for (var i = 0; i < size; i++) gradient[i] += score[i];
            }
            if (step > 100 || parameters.Any(p => Math.Abs(p) > Unbounded)) return new NotEstimable("a parameter has no bound: some outcome never happened on one side");
            if (Math.Abs(likelihood - before) <= 1e-13 * Math.Abs(likelihood) && gradient.All(g => Math.Abs(g) < 1e-7 * games.Count)) break;
            before = likelihood;
            var (move, dropped) = CovarianceMatrix.Solve(information, gradient);
            if (dropped.Length > 0) return new NotEstimable("the games do not tell all parameters apart");
            var scale = Math.Min(1, 2 / move.Max(Math.Abs));
            for (var i = 0; i < size; i++) parameters[i] += scale * move[i];
        }
        return Conclude();

        double Add(Game game, double[] own, double[,] total)
        {
            // Each outcome's log weight is linear in the parameters, so this is a multinomial logit with three (or two) outcomes.
            Span<double> weights = [Strength(game.Left) + (orderEffect ? parameters[order] : 0), Strength(game.Right), 0];
            if (davidson) weights[2] = (Strength(game.Left) + Strength(game.Right)) / 2 + parameters[tie];
            var outcomes = davidson ? 3 : 2;
            var top = Math.Max(weights[0], weights[1]);
            if (davidson) top = Math.Max(top, weights[2]);
            double sum = 0;
            Span<double> probability = stackalloc double[3];
            for (var o = 0; o < outcomes; o++) sum += probability[o] = Math.Exp(weights[o] - top);
            var logSum = top + Math.Log(sum);
            Span<double> seen = game.Outcome switch
            {
                GameOutcome.LeftWins => [1, 0, 0],
                GameOutcome.RightWins => [0, 1, 0],
                _ => davidson ? [0, 0, 1] : [0.5, 0.5, 0],
            };
            Array.Clear(own);
            double likelihood = 0;
            Span<int> index = [game.Left - 1, game.Right - 1, orderEffect ? order : -1, davidson ? tie : -1];
            Span<double> mean = stackalloc double[4];
            for (var o = 0; o < outcomes; o++)
            {
                probability[o] /= sum;
                likelihood += seen[o] * (weights[o] - logSum);
                for (var f = 0; f < 4; f++)
                {
                    mean[f] += probability[o] * Feature(o, f);
                    if (index[f] >= 0) own[index[f]] += (seen[o] - probability[o]) * Feature(o, f);
                }
            }
            for (var f = 0; f < 4; f++)
                for (var h = 0; h < 4; h++)
                {
                    if (index[f] < 0 || index[h] < 0) continue;
                    double product = 0;
                    for (var o = 0; o < outcomes; o++) product += probability[o] * Feature(o, f) * Feature(o, h);
                    total[index[f], index[h]] += product - mean[f] * mean[h];
                }
            return likelihood;
        }

        double Strength(int player) => player == 0 ? 0 : parameters[player - 1];

        // How outcome (left, right, tie) depends on the left's strength, the right's, the order effect and log ν.
        static double Feature(int outcome, int feature) => (outcome, feature) switch
        {
            (0, 0) or (1, 1) or (0, 2) or (2, 3) => 1,
            (2, 0) or (2, 1) => 0.5,
            _ => 0,
        };

        Estimated<BradleyTerryFit> Conclude()
        {
            var inverse = new double[size, size];
            for (var i = 0; i < size; i++)
            {
                var unit = new double[size];
                unit[i] = 1;
                var (column, _) = CovarianceMatrix.Solve(information, unit);
                for (var j = 0; j < size; j++) inverse[j, i] = column[j];
            }
            var meat = new double[size, size];
            var scratch = new double[size, size];
            var count = 0;
            foreach (var group in games.GroupBy(g => g.Case))
            {
                var sum = new double[size];
                foreach (var game in group)
                {
                    Add(game, score, scratch);
                    for (var i = 0; i < size; i++) sum[i] += score[i];
                }
                count++;
                for (var i = 0; i < size; i++)
                    for (var j = 0; j < size; j++) meat[i, j] += sum[i] * sum[j];
            }
            var sandwich = Times(Times(inverse, meat), inverse);
            double correction = count / (count - 1.0);
            var clustered = new double[players, players];
            for (var i = 1; i < players; i++)
                for (var j = 1; j < players; j++) clustered[i, j] = correction * sandwich[i - 1, j - 1];
            return new BradleyTerryFit(
                [.. Enumerable.Range(0, players).Select(Strength)], [.. Enumerable.Range(0, players).Select(p => p == 0 ? 0 : Math.Sqrt(inverse[p - 1, p - 1]))],
                clustered, orderEffect ? parameters[order] : null, orderEffect ? Math.Sqrt(correction * sandwich[order, order]) : null,
                davidson ? Math.Exp(parameters[tie]) : null, count);
        }
    }

    private static double[,] Times(double[,] a, double[,] b)
    {
        var n = a.GetLength(0);
        var product = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
                for (var k = 0; k < n; k++) product[i, j] += a[i, k] * b[k, j];
        return product;
    }
}
