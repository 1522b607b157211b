using System.Text.RegularExpressions;
using KernelSim.Bytecode;
using KernelSim.ObjectFiles;
using KernelSim.Protocol;

namespace KernelSim.Samples.Tests.C;

/// <summary>Holds the objects in <c>samples/c/refused</c> to the rules that the README names.</summary>
public sealed partial class RefusedProgramTests
{
    // An object with too many instructions would have half a megabyte; a call out of the program is refused when the object is opened.
    private static readonly string[] s_notShown = ["bytecode.length", "bytecode.call_target"];

    // The helpers of a type, from the first number that is not a general helper's.
    private static readonly Dictionary<string, Range> s_typeHelpers = new()
    {
        ["xdp"] = 1..2,
        ["cgroup"] = 2..4,
        ["sockops"] = 1..2,
        ["sample_ext"] = 1..6,
    };

    private static readonly Dictionary<string, string> s_rules = Row()
        .Matches(Repository.ReadText("samples", "c", "README.md"))
        .ToDictionary(r => r.Groups["file"].Value, r => r.Groups["rule"].Value);

    private const uint FirstTypeHelper = 0xFFFF;

    public static TheoryData<string> Refused => [.. s_rules.Keys];

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_refused_program_breaks_the_rule_that_the_readme_names(string file) => Assert.Equal(s_rules[file], RuleOf(file));

    [Fact]
    public void Every_rule_of_the_structural_check_is_broken_by_one_of_them() => Assert.Equal(
        s_notShown,
        StructuralCheck.Rules.Select(r => r.Id).Except(s_rules.Values));

    [Fact]
    public void The_other_programs_break_none()
    {
        foreach (string name in SampleFiles.Objects.Where(o => !o.Contains('/', StringComparison.Ordinal)))
        {
            BpfObjectFile file = ObjectOf(name);
            Assert.All(file.Programs, program => Assert.Null(Check(program, references: true)?.Text));
        }
    }

    private static string? RuleOf(string file)
    {
        string name = Path.ChangeExtension(file, ".o");
        return BpfObjectFile.TryRead(File.ReadAllBytes(SampleFiles.PathOf(name)), name, out BpfObjectFile? read, out ObjectProblem? problem)
            ? Check(Assert.Single(read.Programs), references: false)?.Rule.Id
            : problem.Rule.Id;
    }

    private static BpfObjectFile ObjectOf(string name)
    {
        bool isRead = BpfObjectFile.TryRead(
            File.ReadAllBytes(SampleFiles.PathOf(name)), name, out BpfObjectFile? file, out ObjectProblem? problem);
        Assert.True(isRead, problem?.Text);
        return file!;
    }

    private static StructuralProblem? Check(ObjectProgram program, bool references) => StructuralCheck.Run(
        program.Instructions.AsSpan(),
        new StructuralOptions { AllowsReferences = references, HasHelper = id => HasHelper(program.Section, id) });

    private static bool HasHelper(string section, uint id)
    {
        if (Enum.IsDefined((BpfFuncId)id))
        {
            return true;
        }

        Range range = s_typeHelpers.GetValueOrDefault(section.Split('/')[0], ..0);
        long number = (long)id - FirstTypeHelper;
        return number >= range.Start.Value && number < range.End.Value;
    }

    [GeneratedRegex(@"^\| \[[^]]+\]\((?<file>refused/\w+\.c)\) \| `(?<rule>[\w.]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
