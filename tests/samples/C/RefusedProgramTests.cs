using System.Text.RegularExpressions;
using KernelSim.Bytecode;
using KernelSim.Protocol;
using KernelSim.Samples.Tests.C.Running;
using KernelSim.UserMode;

namespace KernelSim.Samples.Tests.C;

/// <summary>Holds the objects in <c>samples/c/refused</c> to the checks that the README names.</summary>
public sealed partial class RefusedProgramTests
{
    // An object with too many instructions would have half a megabyte; a call out of the program is refused when the object is opened.
    private static readonly string[] s_notShown = ["bytecode.length", "bytecode.call_target"];

    private static readonly Dictionary<string, string> s_checks = Row()
        .Matches(Repository.ReadText("samples", "c", "README.md"))
        .ToDictionary(r => r.Groups["file"].Value, r => r.Groups["check"].Value);

    public static TheoryData<string> Refused => [.. s_checks.Keys];

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_refused_program_fails_the_check_that_the_readme_names(string file)
    {
        using CSampleLab lab = new();
        string path = SampleFiles.PathOf(Path.ChangeExtension(file, ".o"));

        Assert.All([EbpfExecutionType.Interpret, EbpfExecutionType.Jit], engine =>
        {
            BpfException refused = Assert.Throws<BpfException>(() => lab.Session.LoadModule(path, execution: engine));
            Assert.True(refused.Is(s_checks[file]), refused.Message);
        });
    }

    [Fact]
    public void Every_rule_of_the_structural_check_is_broken_by_one_of_them() => Assert.Equal(
        s_notShown,
        StructuralCheck.Rules.Select(r => r.Id).Except(s_checks.Values));

    [GeneratedRegex(@"^\| \[[^]]+\]\((?<file>refused/\w+\.c)\) \| `(?<check>[\w.]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
