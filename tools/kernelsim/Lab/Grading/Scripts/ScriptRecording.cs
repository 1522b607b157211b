using KernelSim.Tool.Lab.Grading.Hosting;

namespace KernelSim.Tool.Lab.Grading.Scripts;

/// <summary>Traces of programs that a student gets without the programs.</summary>
internal static class ScriptRecording
{
    /// <summary>Runs a script and puts the trace of it in the folder.</summary>
    /// <param name="folder">The lab's folder.</param>
    /// <param name="hosts">Runs the machine.</param>
    /// <param name="file">The trace's file in the folder.</param>
    /// <param name="script">The program.</param>
    /// <returns>Why there is no trace; null if there is one.</returns>
    public static Failure? Make(LabFolder folder, HostPool hosts, string file, ScriptInput script) =>
        hosts.Run(new RecordJob(), new RecordInput(script, Path.GetFullPath(folder.PathOf(file))), out _, out string problem)
            ? null
            : new Failure($"'{folder.PathOf(file)}' cannot be recorded: {problem}; 'kernelsim doctor' says what this host permits");
}
