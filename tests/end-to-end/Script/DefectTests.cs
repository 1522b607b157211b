using KernelSim.EbpfCore;
using KernelSim.LabScripts.Machines;
using KernelSim.UserMode;

namespace KernelSim.EndToEnd.Tests.Script;

/// <summary>Mistakes that library and driver once made, in a script of today.</summary>
public sealed class DefectTests
{
    [Fact]
    public void Every_mistake_of_library_and_driver_has_an_id()
    {
        Assert.Equal(Enum.GetValues<LibraryDefects>().Where(d => d != 0), DefectTable.All.Select(d => d.Library).Where(d => d != 0));
        Assert.Equal(Enum.GetValues<EbpfCoreDefects>().Where(d => d != 0), DefectTable.All.Select(d => d.Driver).Where(d => d != 0));
    }

    [Fact]
    public void A_script_has_those_that_are_named()
    {
        string[] lines =
        [
            LabScript.CreateHash,
            """{"op":"map_update_batch","fd":"h","keys":"0100000002000000","values":"0000000000000000","count":2}""",
            """{"op":"map_get_next_key","fd":"h","key":"03000000"}""",
            """{"op":"map_lookup_and_delete_batch","fd":"h","count":2}""",
        ];
        ToolRun both = LabScript.Run(lines, "--defects", "deletes-before-first,ends-walk-at-missing-key");
        Assert.Equal((0, ""), (both.ExitCode, both.Error));
        Assert.Contains("ENOENT", both.Lines[2], StringComparison.Ordinal);
        Assert.Contains("EINVAL", both.Lines[3], StringComparison.Ordinal);
        ToolRun none = LabScript.Run(lines);
        Assert.StartsWith("""{"ret":0,"next_key":""", none.Lines[2], StringComparison.Ordinal);
        Assert.StartsWith("""{"ret":0,"count":2""", none.Lines[3], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("delete-before-first", "'delete-before-first' given, expected the id of a defect; did you mean 'deletes-before-first'?")]
    [InlineData("unscaled-values,", "'' given, expected unscaled-values, reads-reply-of-failure,")]
    public void An_unknown_one_is_refused(string ids, string problem)
    {
        ToolRun run = LabScript.Run([LabScript.CreateHash], "--defects", ids);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains($"--defects: {problem}", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--abi", "linux")]
    [InlineData("--diff")]
    public void They_are_those_of_one_system(params string[] options)
    {
        ToolRun run = LabScript.Run([LabScript.CreateHash], ["--defects", "unscaled-values", .. options]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"--defects given with {string.Join(' ', options)}, expected one of them", run.Error, StringComparison.Ordinal);
    }
}
