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

    public async ValueTask InitializeAsync()
    {
        using System.Diagnostics.Process tool = ToolProcess.Start("bench", "--size", "200", "--size", "500", "--seconds", "0", "-j");
        Task<string> output = tool.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Error = await tool.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Document = ToolRun.Parse(await output);
        await tool.WaitForExitAsync(TestContext.Current.CancellationToken);
        ExitCode = tool.ExitCode;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
