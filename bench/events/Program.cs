using Assay.Bench.Events;

SQLitePCL.Batteries_V2.Init();
var seconds = args.Length > 1 && int.TryParse(args[^1], out var given) ? given : 3;
switch (args.FirstOrDefault())
{
    case "spool": await SpoolBench.RunAsync(seconds); return 0;
    case "intake": await IntakeBench.RunAsync(seconds); return 0;
    case "http" when args.Length > 1: return await HttpBench.RunAsync(new Uri(args[1]), args.Length > 2 ? seconds : 3);
    default:
        Console.Error.WriteLine("""
            bench/events spool [SECONDS]     SQLite (WAL, synchronous=FULL) beside the journal, by turns, same events
            bench/events intake [SECONDS]    batches of 500 from their JSON to the disk, in process
            bench/events http URL [SECONDS]  batches of 500 to a running server
            The data goes to a new folder under TMPDIR: set it to a folder on the disk to be measured.
            """);
        return 2;
}
