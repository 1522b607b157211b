using KernelSim.EbpfCore;
using KernelSim.NetEbpfExt;
using KernelSim.Nt;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Samples.Programs;
using KernelSim.UserMode;

namespace KernelSim.Samples.Tests.Programs;

/// <summary>Loads and unloads an extension while programs that depend on it are loaded and unloaded.</summary>
public class UnloadStressTests
{
    private const int Unloads = 60;

    [Theory]
    [InlineData(1, 1, false, false)]
    [InlineData(1, 2, true, false)]
    [InlineData(2, 3, true, true)]
    [InlineData(4, 4, false, true)]
    public void An_extension_unloads_while_its_programs_are_loaded_attached_freed_and_killed(int cpus, int threads, bool attach, bool kill)
    {
        using Machine machine = Machine.Boot(new MachineOptions { Processors = cpus });
        Assert.Equal(NtStatus.Success, machine.LoadDriver(new EbpfCoreDriver(), out _));
        SampleModules.Install(machine.Images);
        bool over = false;
        HostThread[] users = [.. Enumerable.Range(0, threads).Select(n => HostThread.Run(() =>
        {
            while (!Volatile.Read(ref over))
            {
                UseModules(machine, n, attach, kill);
            }
        }))];
        HostThread unloader = HostThread.Run(() =>
        {
            for (int i = 0; i < Unloads; i++)
            {
                Assert.Equal(NtStatus.Success, machine.LoadDriver(new NetEbpfExtDriver(), out DriverObject? extension));
                Assert.Equal(NtStatus.Success, machine.UnloadDriver(extension!));
            }
        });
        try
        {
            unloader.Join("the extension to be loaded and unloaded");
        }
        finally
        {
            Volatile.Write(ref over, true);
        }

        Array.ForEach(users, u => u.Join("a thread that loads modules"));
        Assert.Empty(machine.Shutdown().Leaks);
    }

    private static void UseModules(Machine machine, int first, bool attach, bool kill)
    {
        PsProcess process = machine.Processes.Create();
        using Libbpf library = new(process.Gate);
        for (int i = 0; i < 5; i++)
        {
            bpf_object opened = library.bpf_object__open(SampleModules.All[(first + i) % SampleModules.All.Count].Path)!;
            if (library.bpf_object__load(opened) == 0 && attach)
            {
                library.bpf_program__attach(library.bpf_object__next_program(opened, null));
            }

            if (!kill)
            {
                library.bpf_object__close(opened);
            }
        }

        process.Terminate(NtStatus.Success);
    }
}
