using KernelSim.Nt;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Drivers;

/// <summary>The host of a machine that the tool runs: its drivers and modules are .NET assemblies, and a machine that stops leaves a dump.</summary>
/// <param name="files">The files that the user has named.</param>
/// <param name="note">Tells the user something about the machine while it runs; null: nobody is told.</param>
internal sealed class ToolHost(MachineFiles files, Action<string>? note = null) : IMachineHost
{
    /// <inheritdoc/>
    public Failure? ReadDrivers(out IHostDrivers? drivers)
    {
        Failure? failure = DriverSet.Read(files.Drivers, out DriverSet? read);
        drivers = read;
        return failure;
    }

    /// <inheritdoc/>
    public void Watch(Machine machine)
    {
        if (files.Dump is { } file)
        {
            machine.RegisterBugCheckCallback(_ => BugcheckDump.Write(file, note));
        }
    }
}
