using KernelSim.EbpfCore.Tests.Support;
using KernelSim.NetEbpfExt.Events;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.EbpfCore.Tests.Links;

/// <summary>Drivers that come and go, and links that go while events happen.</summary>
public class LinkLifeTests
{
    private static readonly NetworkTraffic s_packets = new()
    {
        Mix = new Dictionary<NetworkEventKind, int> { [NetworkEventKind.Packet] = 1 },
    };

    [Fact]
    public void A_link_waits_for_its_hooks_driver_to_come_back()
    {
        using LinkMachine machine = new();
        NtHandle program = machine.Program(BpfAttachType.Sample, 8);
        NtHandle link = machine.Link(program, BpfAttachType.Sample);
        machine.Unload();
        Assert.Equal(1u, machine.LinkCount(program));
        Assert.NotEqual(0u, machine.Info(link).ProgId);
        machine.Load();
        Assert.Equal((EbpfResult.Success, 8u), (machine.Happen(out uint result), result));
        machine.Unload();
        machine.Unlink(link).Expect(EbpfResult.Success);
        machine.Load();
        Assert.Equal(EbpfResult.KeyNotFound, machine.Happen(out _));
    }

    [Fact]
    public void Drivers_that_come_while_a_link_waits_for_another_hook_do_not_get_it()
    {
        using LinkMachine machine = new();
        NtHandle link = machine.Link(machine.Program(BpfAttachType.Xdp), BpfAttachType.Xdp);
        machine.Unload();
        machine.Load();
        Assert.Equal(1, machine.Network.ProgramsAttached(BpfAttachType.Xdp));
        Assert.Equal(EbpfResult.KeyNotFound, machine.Happen(out _));
        machine.Unlink(link).Expect(EbpfResult.Success);
    }

    [Fact]
    public void The_eBPF_driver_detaches_what_is_left_when_it_goes_first()
    {
        using LinkMachine machine = new();
        NtHandle program = machine.Program(BpfAttachType.Sample);
        NtHandle link = machine.Link(program, BpfAttachType.Sample);
        machine.KeepWithoutHandle(link).Expect(EbpfResult.Success);
        NtHandle pinned = machine.Link(program, BpfAttachType.Sample, 1);
        machine.User.Pin(pinned, "link"u8).Expect(EbpfResult.Success);
        foreach (NtHandle handle in new[] { program, link, pinned, machine.User.Device })
        {
            Assert.Equal(NtStatus.Success, machine.User.Gate.NtClose(0, handle));
        }

        Assert.Equal(NtStatus.Success, machine.Machine.UnloadDriver(machine.DriverObject));
        Assert.Equal(EbpfResult.KeyNotFound, machine.Happen(out _));
        Assert.Equal(0, machine.Driver.ObjectCount);
    }

    [Fact]
    public void A_program_is_not_run_once_unlinking_has_returned_however_many_events_happen_on_all_CPUs()
    {
        using LinkMachine machine = new(cpus: 4);
        int[] detached = new int[100];
        long runs = 0;
        long late = 0;
        using NetworkEventRun run = NetworkEventRun.Start(machine.Source, s_packets, seed: 3, long.MaxValue);
        for (int i = 0; i < detached.Length; i++)
        {
            int number = i;
            NtHandle program = machine.Program(BpfAttachType.Xdp, (in _) =>
            {
                Interlocked.Increment(ref runs);
                Interlocked.Add(ref late, Volatile.Read(ref detached[number]));
                return 1;
            });
            NtHandle link = machine.Link(program, BpfAttachType.Xdp);
            if (i % 2 == 0)
            {
                machine.Unlink(link).Expect(EbpfResult.Success);
                Volatile.Write(ref detached[number], 1);
                machine.User.Close(link).Expect(EbpfResult.Success);
            }
            else
            {
                machine.User.Close(link).Expect(EbpfResult.Success);
                Volatile.Write(ref detached[number], 1);
            }

            machine.User.Close(program).Expect(EbpfResult.Success);
        }

        run.Stop();
        NetworkEventReport report = run.Wait();
        Assert.Equal(0, late);
        Assert.Equal(report.Total[NetworkEventKind.Packet, NetworkAction.Permit], runs);
        machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((0, 0), (machine.Driver.ObjectCount, machine.Driver.WaitingCount));
    }

    [Fact]
    public void Links_come_and_go_from_several_threads_while_events_happen()
    {
        using LinkMachine machine = new(cpus: 4);
        NtHandle program = machine.Program(BpfAttachType.CgroupSockOps, 0);
        NetworkTraffic traffic = new() { Compartments = 4 };
        using NetworkEventRun run = NetworkEventRun.Start(machine.Source, traffic, seed: 3, long.MaxValue);
        HostThreads.Run(
        [
            .. Enumerable.Range(1, 4).Select(compartment => new Action(() =>
            {
                for (int i = 0; i < 50; i++)
                {
                    NtHandle link = machine.Link(program, BpfAttachType.CgroupSockOps, (byte)compartment, 0, 0, 0);
                    machine.User.Close(link).Expect(EbpfResult.Success);
                }
            })),
        ]);
        run.Stop();
        run.Wait();
        Assert.Equal(0u, machine.LinkCount(program));
        Assert.Equal(0, machine.Network.ProgramsAttached(BpfAttachType.CgroupSockOps));
    }

    [Fact]
    public unsafe void Per_CPU_counters_filled_by_events_on_all_CPUs_equal_what_was_generated_for_each()
    {
        const int Cpus = 4;
        const int Events = 5000;
        using LinkMachine machine = new(Cpus);
        TestMap map = machine.User.NewMap(BpfMapType.PercpuHash, maxEntries: 4096);
        ulong address = 0;
        NtHandle program = machine.Program(BpfAttachType.Xdp, (in call) =>
        {
            // Counts packets by the sender's port. The first on any CPU makes the element: BPF_NOEXIST, since a second insertion would
            // take the place of the first and of what other CPUs have counted there meanwhile.
            byte* packet = *(byte**)call.Context;
            uint key = (uint)((packet[ByteOfPort(packet)] << 8) | packet[ByteOfPort(packet) + 1]);
            ulong none = 0;
            ulong* count;
            while ((count = (ulong*)call.Invoke(1, address, (ulong)&key)) == null)
            {
                call.Invoke(2, address, (ulong)&key, (ulong)&none, (ulong)EbpfMapOption.NoExist);
            }

            ++*count;
            return 1;
        });
        address = BitConverter.ToUInt64(machine.User.ResolveMaps(program, map.Handle).Expect(EbpfResult.Success).Bytes.AsSpan(8));
        NtHandle link = machine.Link(program, BpfAttachType.Xdp);
        NetworkTraffic traffic = s_packets with { ServerPorts = [443, 80, 53] };
        using (NetworkEventRun run = NetworkEventRun.Start(machine.Source, traffic, seed: 11, Events))
        {
            Assert.Equal(Cpus * Events, run.Wait().Total[NetworkAction.Permit]);
        }

        for (int cpu = 0; cpu < Cpus; cpu++)
        {
            NetworkEvent[] events = new NetworkEvent[Events];
            new NetworkEventGenerator(traffic, 11, cpu).Fill(events);
            foreach (ushort port in traffic.ServerPorts)
            {
                byte[] values = map.Find(BitConverter.GetBytes((uint)port)).Tail(8);
                Assert.Equal(events.LongCount(e => e.RemotePort == port), BitConverter.ToInt64(values, cpu * 8));
            }
        }

        machine.Unlink(link).Expect(EbpfResult.Success);

        static int ByteOfPort(byte* packet) => packet[12] == 0x86 ? 54 : 34;
    }

    [Fact]
    public void Two_events_in_a_batch_share_an_epoch_and_an_idle_machine_has_nothing_waiting()
    {
        using LinkMachine machine = new();
        NtHandle link = machine.Link(machine.Program(BpfAttachType.Xdp), BpfAttachType.Xdp);
        NetworkEvent[] events = new NetworkEvent[1000];
        new NetworkEventGenerator(s_packets, 1, 0).Fill(events);
        NetworkEventTotals totals = new();
        machine.Source.Deliver(0, events, totals);
        Assert.Equal(1000, totals[NetworkAction.Permit]);
        machine.User.Close(link).Expect(EbpfResult.Success);
        machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, machine.Driver.WaitingCount);
    }
}
