using System.Collections.Immutable;

namespace Assay.Evaluation.Checks;

/// <summary>How code of a language is compiled or run.</summary>
/// <param name="File">The file that it is written to.</param>
/// <param name="Compile">Looks at the file without running it.</param>
/// <param name="Run">Runs it.</param>
/// <param name="Print">Prints a text as the last thing: proof that the tests were reached.</param>
internal sealed record CodeLanguage(string File, ImmutableArray<string> Compile, ImmutableArray<string> Run, Func<string, string> Print)
{
    public static readonly ImmutableSortedDictionary<string, CodeLanguage> All = new Dictionary<string, CodeLanguage>
    {
        ["python"] = new("answer.py", ["python3", "-I", "-m", "py_compile", "answer.py"], ["python3", "-I", "answer.py"], token => $"print('{token}')"),
        ["javascript"] = new("answer.js", ["node", "--check", "answer.js"], ["node", "answer.js"], token => $"console.log('{token}')"),
        ["bash"] = new("answer.sh", ["bash", "-n", "answer.sh"], ["bash", "answer.sh"], token => $"echo '{token}'"),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);
}
