using KernelSim.Debugger.ClrMd;
using KernelSim.Debugger.Targets;

namespace KernelSim.Tool.Drivers;

/// <summary>Writes a dump of this process when its machine stops: with everything as it was, since nothing has unwound yet.</summary>
internal static class BugcheckDump
{
    /// <summary>Writes it, and tells where it is or why there is none.</summary>
    public static void Write(string file, Action<string>? note)
    {
        try
        {
            ProcessDump.Write(Environment.ProcessId, file);
            note?.Invoke($"the machine stopped; 'kernelsim debug --dump {file}' opens the dump of it");
        }
        catch (TargetReadException refused)
        {
            note?.Invoke($"the machine stopped: {refused.Message}");
        }
    }
}
