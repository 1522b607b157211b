using KernelSim.EbpfCore;
using KernelSim.LabScripts.Machines;
using KernelSim.LabScripts.Output;
using KernelSim.Nt;
using KernelSim.UserMode;

namespace KernelSim.LabScripts.Runs;

/// <summary>
/// One run of a lab script on a machine of its own, line by line, without files of a host. Between lines the machine can be looked at. Belongs to
/// one thread.
/// </summary>
internal sealed class LabRun : IDisposable
{
    private readonly List<string> _notes = [];
    private readonly ScriptInterpreter _interpreter;

    private LabRun(LabMachine lab, MachineSettings settings)
    {
        Lab = lab;
        var process = lab.Start(settings.ForProcess("script.exe"));
        Libbpf library = new(process.Gate, settings.Library, settings.LibraryDefects) { Symbols = lab.Symbols, ReadsHostFiles = false };
        Session = new ScriptSession(lab, process, library, (_, text) => _notes.Add(text));
        _interpreter = new ScriptInterpreter(Session);
    }

    /// <summary>The machine, with the extension drivers and the sample modules.</summary>
    public LabMachine Lab { get; }

    /// <summary>The program that the script stands for.</summary>
    public ScriptSession Session { get; }

    /// <summary>The number of the line that was read last, from 1; 0 before the first.</summary>
    public int Line { get; private set; }

    /// <summary>Boots a machine and starts the script's program on it.</summary>
    /// <param name="settings">The machine and the program.</param>
    /// <param name="options">The driver's configuration; null for the defaults.</param>
    public static LabRun Start(MachineSettings settings, EbpfCoreOptions? options = null) =>
        new(LabMachine.Boot(settings, options, extensions: true), settings);

    /// <summary>Runs a script up to its end, to an invalid line, or until the machine stops.</summary>
    /// <param name="script">The lines, with line feeds between them.</param>
    /// <param name="onStep">Gets each call with its result, before the next line is read.</param>
    /// <returns>Why it did not get to its end: <see cref="Line"/> is where; otherwise null.</returns>
    public Failure? Execute(string script, Action<ScriptStep> onStep)
    {
        foreach (string line in ScriptLine.Split(script))
        {
            if (Next(line, out ScriptStep? step) is { } failure)
            {
                return failure;
            }

            if (step is not null)
            {
                onStep(step);
            }
        }

        return null;
    }

    /// <summary>Makes the call of the next line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="step">The call with its result; null for a blank line, a comment, and after a failure.</param>
    /// <returns>Why the script ends here; otherwise null.</returns>
    public Failure? Next(string line, out ScriptStep? step)
    {
        step = null;
        Line++;
        _notes.Clear();
        if (line.Length > ScriptLine.Longest)
        {
            return ScriptLine.TooLong(Line);
        }

        try
        {
            Failure? failure = _interpreter.Answer(line, Line, out ScriptAnswer? answer);
            step = answer is null ? null : new ScriptStep(answer.Call, answer.Result, [.. _notes]);
            return failure;
        }
        catch (BugcheckException stop)
        {
            return Failure.MachineStopped(stop);
        }
    }

    /// <summary>Shuts the machine down.</summary>
    /// <returns>Why it stopped, or what was still outstanding; null after a healthy run.</returns>
    public Failure? End() => Lab.End();

    /// <inheritdoc/>
    public void Dispose() => Lab.Dispose();
}
