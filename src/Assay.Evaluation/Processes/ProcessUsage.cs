using System.Diagnostics;
using System.Globalization;

namespace Assay.Evaluation.Processes;

/// <summary>What a child and all processes of its session use. On Linux from /proc; elsewhere of the child alone.</summary>
internal readonly record struct ProcessUsage(TimeSpan Cpu, long Memory, int Processes)
{
    // Fixed by the kernel's interface to programs, whatever the kernel's own clock.
    private const double TicksPerSecond = 100;

    public static ProcessUsage Of(Process child)
    {
        try
        {
            if (!OperatingSystem.IsLinux())
            {
                child.Refresh();
                return new ProcessUsage(child.TotalProcessorTime, child.WorkingSet64, 1);
            }
            var (ticks, pages, count) = (0L, 0L, 0);
            foreach (var folder in Directory.EnumerateDirectories("/proc"))
            {
                if (!char.IsAsciiDigit(folder[^1]) || !TryRead(folder, out var fields)) continue;
                // Counted after the command's name: session 3, user and system time 11 and 12, the same of children waited for 13 and 14, resident pages 21.
                if (Number(fields, 3) != child.Id && !folder.AsSpan(6).SequenceEqual(child.Id.ToString(CultureInfo.InvariantCulture))) continue;
                ticks += Number(fields, 11) + Number(fields, 12) + Number(fields, 13) + Number(fields, 14);
                pages += Number(fields, 21);
                count++;
            }
            return new ProcessUsage(TimeSpan.FromSeconds(ticks / TicksPerSecond), pages * Environment.SystemPageSize, count);
        }
        catch (InvalidOperationException)
        {
            // It has ended.
            return default;
        }
    }

    private static bool TryRead(string folder, out string[] fields)
    {
        fields = [];
        try
        {
            var text = File.ReadAllText(folder + "/stat");
            // The name may hold spaces and brackets.
            fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return fields.Length > 21;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static long Number(string[] fields, int index) => long.Parse(fields[index], CultureInfo.InvariantCulture);
}
