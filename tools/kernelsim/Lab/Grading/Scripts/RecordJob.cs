using KernelSim.Tool.Lab.Grading.Hosting;
using KernelSim.TraceAnalysis.Recording;

namespace KernelSim.Tool.Lab.Grading.Scripts;

/// <summary>A script to run and record.</summary>
/// <param name="Script">The script and its machine.</param>
/// <param name="File">The <c>.nettrace</c> file to make; the full path.</param>
internal sealed record RecordInput(ScriptInput Script, string File);

/// <summary>Runs a lab script as <see cref="ScriptJob"/> does, and keeps the trace of it.</summary>
internal sealed class RecordJob : HostJob<RecordInput, ScriptFacts>
{
    /// <inheritdoc/>
    public override string Name => "record";

    /// <inheritdoc/>
    protected override ScriptFacts Run(RecordInput input)
    {
        using TraceRecorder recorder = TraceRecorder.Start(input.File);
        if (recorder.Path is null)
        {
            throw new IOException(recorder.Note);
        }

        ScriptFacts facts = ScriptJob.Execute(input.Script, readsMaps: false);
        recorder.Stop();
        return facts;
    }
}
