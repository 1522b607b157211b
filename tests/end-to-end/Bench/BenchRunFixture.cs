using System.Text.Json;
using KernelSim.EndToEnd.Tests.Process;

namespace KernelSim.EndToEnd.Tests.Bench;

/// <summary>
/// One run over all rows with the smallest budget, in a process of its own: a row opens a trace session with its own process, which would
/// slow down the tests beside it.
/// </summary>
public sealed class BenchRunFixture : IAsyncLifetime
{
    public int ExitCode { get; private set; }

    public string Error { get; private set; } = "";

    public JsonElement Document { get; private set; }

    public IReadOnlyList<JsonElement> Rows => [.. Document.GetProperty("rows").EnumerateArray()];

    public ValueTask InitializeAsync()
    {
        using System.Diagnostics.Process tool = ToolProcess.Start("bench", "--size", "200", "--size", "500", "--seconds", "0", "-j");
        (ExitCode, string output, Error) = tool.EndWithin("the end of the bench");
        Document = ToolRun.Parse(output);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
