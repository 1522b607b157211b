using KernelSim.LabScripts;
using KernelSim.LabScripts.Machines;
using KernelSim.LabScripts.Output;
using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Script;

namespace KernelSim.EndToEnd.Tests.Script;

/// <summary>A new call of lab scripts is one function and one row of the table of calls.</summary>
public sealed class NewOpTests
{
    private static readonly ScriptOp s_twice = new(
        "twice",
        (session, call) => session.Result(0, new ScriptOutput("sum", 2 * call.UInt32("value"))),
        new ScriptField("value", ScriptFieldKind.Number32));

    [Theory]
    [InlineData("""{"op":"twice","value":21}""", """{"ret":0,"sum":42}""")]
    [InlineData("""{"op":"twice","id":7,"value":1}""", """{"id":7,"ret":0,"sum":2}""")]
    public void A_new_call_takes_its_fields_and_answers(string line, string expected)
    {
        (Failure? failure, ScriptAnswer? answer) = Run(line);
        Assert.Null(failure);
        Assert.Equal(expected, JsonText.Of(OutputFormat.Json, json => answer!.Result.Write(json, answer.Call.Id)));
    }

    [Theory]
    [InlineData("""{"op":"twice"}""", "twice: field 'value' missing, expected a number from 0 to 4294967295")]
    [InlineData("""{"op":"twice","value":-1}""", "twice: field 'value': -1 given, expected a number from 0 to 4294967295")]
    [InlineData("""{"op":"twice","key":1}""", "twice: field 'key' given, expected op, id?, value")]
    public void What_a_new_call_refuses_follows_from_its_row(string line, string problem)
    {
        (Failure? failure, ScriptAnswer? answer) = Run(line);
        Assert.Null(answer);
        Assert.Equal($"script: line 1: {problem}", failure!.Message);
    }

    [Fact]
    public void A_misspelt_call_is_refused_with_the_new_one_as_what_was_meant()
    {
        Assert.EndsWith("; did you mean 'twice'?", Run("""{"op":"twize"}""").Failure!.Message, StringComparison.Ordinal);
        Assert.EndsWith(", gate_ioctl, twice", Run("""{"op":"frobnicate"}""").Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_call_has_a_name_of_its_own()
    {
        Assert.Equal(ScriptOpTable.All.Count, ScriptOpTable.All.DistinctBy(op => op.Name).Count());
    }

    private static (Failure? Failure, ScriptAnswer? Answer) Run(string line)
    {
        using StringWriter output = new();
        MachineSettings settings = new();
        using LabMachine lab = LabMachine.Boot(settings);
        ScriptSession session = ScriptCommand.NewSession(new ToolConsole(TextReader.Null, output, output), lab, settings);
        Failure? failure = new ScriptInterpreter(session, [.. ScriptOpTable.All, s_twice]).Answer(line, 1, out ScriptAnswer? answer);
        Assert.Empty(lab.Shutdown());
        return (failure, answer);
    }
}
