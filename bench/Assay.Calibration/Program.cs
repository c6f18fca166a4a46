using System.Globalization;
using Assay.Calibration;

// Arguments: --runs N, --plan-runs N, --seed S, --out FILE; --only TEXT measures the methods whose name or setting holds it, and no plans; --tails writes the table of docs/statistics/score-interval.md instead. Everything is drawn from the seed; nothing here was measured on users.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var page = args.Contains("--tails") ? TailPage.Write(Console.Error.WriteLine) : CalibrationPage.Write(Number("--runs", 100_000), Number("--plan-runs", 20_000), Number("--seed", 20_261_127), Text("--only"), Console.Error.WriteLine);
if (Text("--out") is { } path) File.WriteAllText(path, page);
else Console.Out.Write(page);

int Number(string name, int otherwise) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

string? Text(string name) => Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
