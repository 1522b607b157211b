using KernelSim.EbpfCore;
using KernelSim.NetEbpfExt;
using KernelSim.Nt;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Samples.Programs;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Modules;

/// <summary>A native module's file is loaded once at a time: upstream's native_module_handle_test, and what else keeps a file loaded.</summary>
public sealed class LoadedOnceTests : IDisposable
{
    private const string File = "droppacket.sys";

    private readonly ModuleLab _lab = new();

    private Libbpf Library => _lab.Library;

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void While_it_is_loaded_a_second_load_is_enoent_from_any_process_and_by_any_spelling()
    {
        bpf_object loaded = _lab.Load(File);
        Assert.Equal(-(int)Errno.ENOENT, Load(Library, File));
        Assert.Equal(CheckTable.NativeLoadImage.Id, Library.LastRefusal?.Check.Id);
        using Libbpf other = new(_lab.Lab.Machine.Processes.Create().Gate);
        Assert.Equal(-(int)Errno.ENOENT, Load(other, "DropPacket.SYS"));
        Library.bpf_object__close(loaded);
        Assert.Equal(0, Load(other, File));
    }

    [Fact]
    public void Disposing_a_library_closes_the_modules_that_it_has_loaded()
    {
        using (Libbpf other = new(_lab.Lab.Machine.Processes.Create().Gate))
        {
            Assert.Equal(0, Load(other, File));
            Assert.Equal(-(int)Errno.ENOENT, Load(Library, File));
        }

        Assert.Equal(0, Load(Library, File));
    }

    [Fact]
    public void A_driver_that_cannot_unload_keeps_its_file_loaded_and_the_next_load_is_refused()
    {
        Machine machine = Machine.Boot();
        Assert.True(machine.LoadDriver(new EbpfCoreDriver(), out _).IsSuccess);
        Assert.True(machine.LoadDriver(new NetEbpfExtDriver(), out _).IsSuccess);
        Install(machine, driver => driver.Unload = null);
        PsProcess process = machine.Processes.Create();
        using Libbpf library = new(process.Gate);
        bpf_object loaded = library.bpf_object__open(File)!;
        Assert.Equal(0, library.bpf_object__load(loaded));
        library.bpf_object__close(loaded);
        int result = 0;
        string? refused = null;
        HostThreads.Run(() =>
        {
            result = Load(library, File);
            refused = library.LastRefusal?.Check.Id;
        });
        Assert.Equal(-(int)Errno.ENOENT, result);
        Assert.Equal(CheckTable.NativeLoadImage.Id, refused);
    }

    [Fact]
    public void A_load_that_waits_returns_when_its_process_ends()
    {
        Machine machine = Machine.Boot();
        Assert.True(machine.LoadDriver(new EbpfCoreDriver(), out _).IsSuccess);
        Assert.True(machine.LoadDriver(new NetEbpfExtDriver(), out _).IsSuccess);
        KEvent mayUnload = new(machine, manualReset: true);
        using ManualResetEventSlim unloading = new();
        Install(machine, driver =>
        {
            Action<DriverObject> unload = driver.Unload!;
            driver.Unload = d =>
            {
                unloading.Set();
                machine.RunOnProcessor(0, Irql.Passive, t => mayUnload.Wait(t, LimitedWaits.Limit));
                unload(d);
            };
        });
        PsProcess first = machine.Processes.Create();
        using Libbpf library = new(first.Gate);
        bpf_object loaded = library.bpf_object__open(File)!;
        Assert.Equal(0, library.bpf_object__load(loaded));
        PsProcess second = machine.Processes.Create();
        HostThread closer = HostThread.Run(() => library.bpf_object__close(loaded));
        unloading.WaitFor("the driver to be unloading");
        GateTap tap = new(second.Gate);
        using Libbpf other = new(tap);
        HostThread loader = HostThread.Run(() => Record.Exception(() => Load(other, File)));

        // Authorising is the first request, loading the second.
        LimitedWaits.Until(() => tap.Requests == 2, "the load request");
        second.Terminate(NtStatus.Success);
        loader.Join();
        mayUnload.Set();
        closer.Join();
        Assert.Empty(machine.Shutdown().Leaks);
        machine.Dispose();
    }

    [Fact]
    public void A_handle_of_a_program_keeps_it_and_one_of_a_map_does_not()
    {
        bpf_object loaded = _lab.Load(File);
        int program = Library.bpf_prog_get_fd_by_id(_lab.ProgramId(_lab.Fd(loaded, "DropPacket")));
        int found = Library.bpf_object__find_map_fd_by_name(loaded, "dropped_packet_map");
        Assert.Equal(EbpfResult.Success, Library.ebpf_duplicate_fd(found, out int map));
        Library.bpf_object__close(loaded);
        Assert.Equal(-(int)Errno.ENOENT, Load(Library, File));
        Assert.Equal(0, Library.close(program));
        Assert.Equal(0, Load(Library, File));
        Assert.Equal(0, Library.close(map));
    }

    [Fact]
    public void A_pinned_program_and_an_attached_one_keep_it()
    {
        bpf_object loaded = _lab.Load(File);
        bpf_program program = _lab.Program(loaded, "DropPacket");
        Assert.Equal(0, Library.bpf_program__pin(program, "kept"));
        bpf_link? link = Library.bpf_program__attach(program);
        Assert.NotNull(link);
        Library.bpf_object__close(loaded);
        Assert.Equal(-(int)Errno.ENOENT, Load(Library, File));
        Assert.Equal(0, Library.bpf_link__destroy(link));
        Assert.Equal(-(int)Errno.ENOENT, Load(Library, File));
        Assert.Equal(EbpfResult.Success, Library.ebpf_object_unpin("kept"));
        Assert.Equal(0, Load(Library, File));
    }

    [Fact]
    public void After_a_process_has_died_it_can_be_loaded_at_once()
    {
        for (int i = 0; i < 20; i++)
        {
            PsProcess process = _lab.Lab.Machine.Processes.Create();
            Libbpf library = new(process.Gate);
            Assert.Equal(0, Load(library, File));
            process.Terminate(NtStatus.Success);
        }
    }

    [Fact]
    public void A_load_that_failed_half_way_does_not_keep_it()
    {
        _lab.InstallChanged("half.sys", f => f with { Maps = [f.Maps[0] with { MaxEntries = 0 }] });
        Assert.Equal(-(int)Errno.EINVAL, Load(Library, "half.sys"));
        _lab.InstallChanged("half.sys", f => f with { Bpf2cVersion = new Version(0, 1) });
        Assert.Equal(-(int)Errno.ENOENT, Load(Library, "half.sys"));
        _lab.InstallChanged("half.sys", f => f);
        Assert.Equal(0, Load(Library, "half.sys"));
    }

    [Fact]
    public void A_load_right_after_a_close_waits_until_other_threads_have_unloaded_the_driver()
    {
        _lab.InstallChanged("other.sys", f => f);
        int failures = 0;
        string[] files = [File, "other.sys"];
        HostThread[] threads = [.. files.Select(file => HostThread.Run(() =>
        {
            using Libbpf library = new(_lab.Lab.Machine.Processes.Create().Gate);
            for (int i = 0; i < 100; i++)
            {
                bpf_object opened = library.bpf_object__open(file)!;
                if (library.bpf_object__load(opened) != 0)
                {
                    Interlocked.Increment(ref failures);
                }

                library.bpf_object__close(opened);
            }
        }))];
        Array.ForEach(threads, t => t.Join("a thread that loads and closes a module"));
        Assert.Equal(0, failures);
    }

    [Fact]
    public void Of_several_processes_that_load_it_concurrently_one_has_it_at_a_time()
    {
        int holders = 0;
        int loads = 0;
        bool wereTwo = false;
        HostThread[] threads = [.. Enumerable.Range(0, 3).Select(_ => HostThread.Run(() =>
        {
            using Libbpf library = new(_lab.Lab.Machine.Processes.Create().Gate);
            for (int i = 0; i < 60; i++)
            {
                bpf_object opened = library.bpf_object__open(File)!;
                int result = library.bpf_object__load(opened);
                Assert.True(result is 0 or -(int)Errno.ENOENT, $"{result}: {library.LastRefusal}");
                if (result == 0)
                {
                    Interlocked.Increment(ref loads);
                    if (Interlocked.Increment(ref holders) > 1)
                    {
                        Volatile.Write(ref wereTwo, true);
                    }

                    // Time for another process to load the file as well, if it can.
                    for (int yields = 0; yields < 100; yields++)
                    {
                        Thread.Yield();
                    }

                    Interlocked.Decrement(ref holders);
                }

                library.bpf_object__close(opened);
            }
        }))];
        Array.ForEach(threads, t => t.Join("a thread that loads and closes a module"));
        Assert.NotEqual(0, loads);
        Assert.False(wereTwo, "Two processes had the file loaded at once.");
    }

    private static int Load(Libbpf library, string file)
    {
        bpf_object? opened = library.bpf_object__open(file);
        Assert.NotNull(opened);
        int result = library.bpf_object__load(opened);
        if (result != 0)
        {
            library.bpf_object__close(opened);
        }

        return result;
    }

    /// <summary>Installs the module's file with a driver that is changed after its entry point has run.</summary>
    private static void Install(Machine machine, Action<DriverObject> change) =>
        machine.Images.Install(SampleModules.DropPacketImage with
        {
            Load = service => new ChangedDriver(SampleModules.DropPacketImage.Load(service), change),
        });

    private sealed class ChangedDriver(IDriver inner, Action<DriverObject> change) : IDriver
    {
        public string Name => inner.Name;

        public NtStatus DriverEntry(KeThread current, DriverObject driver)
        {
            NtStatus status = inner.DriverEntry(current, driver);
            change(driver);
            return status;
        }
    }
}
