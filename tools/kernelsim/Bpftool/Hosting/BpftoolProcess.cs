using KernelSim.Nt;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Tool.Bpftool.Kernel;
using KernelSim.UserMode;

namespace KernelSim.Tool.Bpftool.Hosting;

/// <summary>The process that a command line stands for: <c>bpftool.exe</c> on a machine. It starts with its first call and ends with it.</summary>
/// <param name="lab">The machine that it runs on.</param>
/// <param name="library">The library that it is linked with.</param>
/// <param name="start">Starts the process.</param>
internal sealed class BpftoolProcess(LabMachine lab, LibraryVersion library, Func<PsProcess> start)
{
    /// <summary>Name of its image.</summary>
    public const string Image = "bpftool.exe";

    /// <summary>What a shell reports of a program that an access violation has ended.</summary>
    private const int Crashed = 128 + 11;

    private PsProcess? _process;
    private BpftoolKernel? _kernel;

    /// <summary>Runs a command line.</summary>
    /// <param name="host">The host of whoever gave it.</param>
    /// <param name="arguments">Its words.</param>
    /// <returns>The exit code. The process has ended, and what only it held is gone.</returns>
    /// <exception cref="BugcheckException">The machine stopped.</exception>
    public int Run(IBpftoolHost host, IReadOnlyList<string> arguments)
    {
        try
        {
            return new BpftoolRun(host, Start).Execute(arguments);
        }
        catch (ProcessExitedException)
        {
            // The call unwound to here.
            return Tell(host);
        }
        catch (Exception exception) when (lab.StopIfUsers(exception))
        {
            throw new BugcheckException(lab.Machine.StopRecord!);
        }
        finally
        {
            _process?.Terminate(NtStatus.Success);
        }
    }

    private BpftoolKernel Start()
    {
        if (_kernel is null)
        {
            _process = start();
            Libbpf loaded = new(_process.Gate, library) { Symbols = lab.Symbols, ReadsHostFiles = false };
            _kernel = new BpftoolKernel(_process.Gate, loaded, lab);
        }

        return _kernel;
    }

    private int Tell(IBpftoolHost host)
    {
        if (_process?.Fault is { } fault)
        {
            string access = MemoryAccessNames.NameOf(fault.Access);
            host.Error.Write($"{Image}: access violation: {access} of {fault.Length} bytes at 0x{fault.Address:x}, in {fault.Site}\n");
        }

        return Crashed;
    }
}
