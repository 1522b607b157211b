using System.Text.Json;
using KernelSim.LabScripts;
using KernelSim.Protocol.Gate;
using KernelSim.Tool.Predict.Telling;
using KernelSim.Tool.Story.Traces;
using KernelSim.TraceAnalysis.Recording;
using KernelSim.UserMode;

namespace KernelSim.Tool.Predict.Questions;

/// <summary>A question about the last line of a lab script.</summary>
/// <param name="Machine">The machine that it runs on.</param>
/// <param name="Lines">The script.</param>
/// <param name="Asked">What is asked, in a sentence or two.</param>
/// <param name="Form">How the answer is written.</param>
/// <param name="Answer">Reads the answer off the run.</param>
/// <param name="Because">Says why, from the same run.</param>
internal sealed record ScriptQuestion(
    MachineSettings Machine,
    IReadOnlyList<string> Lines,
    string Asked,
    AnswerForm Form,
    Func<PlayedScript, string> Answer,
    Func<PlayedScript, string> Because) : Question(Asked, Form)
{
    /// <summary>Whether the answer is in the trace and not in the results.</summary>
    public bool ReadsTrace { get; init; }

    /// <inheritdoc/>
    public override string Setting
    {
        get
        {
            string library = Machine.Library == LibraryVersion.Checked
                ? ""
                : $", with {(Machine.Library == LibraryVersion.Upstream ? "upstream's library" : "upstream's library as it was before issue 3564")}"
                    + $" and a {(Machine.Heap == HeapMode.Guarded ? "guarded" : "packed")} heap";
            return $"A machine with {Words.Of(Machine.Cpus, "CPU")} runs this lab script{library}:";
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Listing => Lines;

    /// <inheritdoc/>
    public override Solution Solve(bool explains)
    {
        PlayedScript played = Play(explains || ReadsTrace);
        return new Solution(Answer(played), narrow => explains ? ScriptExplanation.Of(played, Because(played), narrow) : []);
    }

    /// <summary>Whether a program makes the call of a line: what crosses the boundary then is how the line finds the map, and not the call.</summary>
    private static bool IsOfProgram(string line) => line.StartsWith("{\"op\":\"helper_", StringComparison.Ordinal);

    /// <summary>Runs the script on a fresh machine.</summary>
    private PlayedScript Play(bool records)
    {
        ulong requestIdBase = RequestIdRange.OfThisThread;
        using TraceRecorder? recorder = records ? TraceRecorder.StartInMemory(requestIdBase) : null;
        MachineSettings settings = Machine with { RequestIdBase = requestIdBase };
        using LabMachine lab = LabMachine.Boot(settings);
        var process = lab.Start(settings.ForProcess("script.exe"));
        int notes = 0;
        ScriptSession session = new(lab, process, new Libbpf(process.Gate, settings.Library), (_, _) => notes++);
        ScriptInterpreter interpreter = new(session);
        List<string> results = [];
        ulong before = 0;
        for (int i = 0; i < Lines.Count; i++)
        {
            if (i == Lines.Count - 1 && session.Gate.BeginCall(out before))
            {
                session.Gate.EndCall(before);
                notes = 0;
            }

            Failure? failure = interpreter.Answer(Lines[i], i + 1, out ScriptAnswer? answer);
            if (answer is null)
            {
                throw new InvalidOperationException($"a question has an invalid line: {failure?.Message}");
            }

            results.Add(JsonText.Of(OutputFormat.Json, json => answer.Result.Write(json, id: null)));
        }

        return new PlayedScript(
            [.. results.Select(r => JsonElement.Parse(r))],
            recorder is null || IsOfProgram(Lines[^1])
                ? null
                : recorder.Stop().Requests.FirstOrDefault(r => r.Id > before - requestIdBase && r.Ledger.Count > 0),
            notes > 0);
    }
}
