using System.Text.RegularExpressions;
using KernelSim.Architecture.Tests.Sources;

namespace KernelSim.Architecture.Tests;

/// <summary>A driver refuses in one way: a chain of checks, then the result that the last of them recorded.</summary>
public partial class RefusalTests
{
    [Theory]
    [InlineData("kernel-sim/ebpfcore")]
    [InlineData("kernel-sim/netebpfext")]
    public void A_refusal_does_not_name_the_row_a_second_time(string project) =>
        Assert.Empty(Lines(project, RowByName()).Select(line => $"{line} names a row's result; return Refused after the check."));

    [Theory]
    [InlineData("kernel-sim/ebpfcore")]
    [InlineData("kernel-sim/netebpfext")]
    public void A_refusal_has_no_helper_of_its_own(string project) =>
        Assert.Empty(Lines(project, LocalRefuse()).Select(line => $"{line} refuses in its own way; call Require and return Refused."));

    private static IEnumerable<string> Lines(string project, Regex pattern) =>
        from file in SourceProject.FindAll().Single(p => p.Name == project).Files
        from line in File.ReadLines(Repository.PathOf(file.Path)).Index()
        where pattern.IsMatch(line.Item)
        select $"{file}:{line.Index + 1}";

    [GeneratedRegex(@"\bCheckTable\.\w+\.(Result|Status)\b")]
    private static partial Regex RowByName();

    [GeneratedRegex(@"(?<!\.)\bRefuse\(")]
    private static partial Regex LocalRefuse();
}
