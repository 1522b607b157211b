using KernelSim.EbpfCore;
using KernelSim.Nt;
using KernelSim.UserMode;

namespace KernelSim.Benchmarks;

/// <summary>A machine with the driver, and a process on it that makes maps.</summary>
internal sealed class BenchSession : IDisposable
{
    private readonly Machine _machine = Machine.Boot(new MachineOptions { Processors = Workload.Cpus });

    public BenchSession()
    {
        if (!_machine.LoadDriver(new EbpfCoreDriver(), out _).IsSuccess)
        {
            throw new InvalidOperationException("EbpfCore did not load");
        }

        Bpf = new BpfSession(_machine.Processes.Create().Gate);
    }

    public BpfSession Bpf { get; }

    public void Dispose()
    {
        Bpf.Dispose();
        _machine.Dispose();
    }
}
