using KernelSim.NetEbpfExt.Events;
using KernelSim.Nt.Io;
using KernelSim.Protocol;
using KernelSim.Samples.Echo;
using KernelSim.Samples.Programs;
using KernelSim.Samples.SampleMap;
using KernelSim.UserMode;

namespace KernelSim.Testing.Tests;

/// <summary>Tests as people write them.</summary>
public sealed class KernelTestTests() : KernelTest(new KernelTestOptions { Trace = TraceDetail.Verbose })
{
    [Fact]
    public void A_map_counts_on_each_processor()
    {
        using PerCpuHashMap<uint, ulong> stats = Bpf.CreatePerCpuHashMap<uint, ulong>("stats", maxEntries: 16);
        stats.Set(443, [10, 20, 30, 40]);

        ulong[] counts = new ulong[Bpf.CpuCount];
        Assert.True(stats.TryGet(443, counts));
        Assert.Equal([10, 20, 30, 40], counts);
    }

    [Fact]
    public void A_program_drops_packets_and_counts_them()
    {
        using BpfModule module = LoadModule(typeof(DropPacket));
        using BpfLink link = module.Program("DropPacket").Attach();
        using PerCpuArrayMap<ulong> dropped = Bpf.OpenPerCpuArrayMap<ulong>(module.MapId("dropped_packet_map"));

        NetworkVerdict verdict = Network.Deliver(2, new NetworkEvent(NetworkEventKind.Packet) { Protocol = NetworkEvent.Udp });

        Assert.Equal(NetworkAction.Block, verdict.Action);
        ulong[] counts = new ulong[4];
        Assert.True(dropped.TryGet(0, counts));
        Assert.Equal([0, 0, 1, 0], counts);
    }

    [Fact]
    public void A_driver_answers()
    {
        LoadDriver(new EchoDriver());
        using TestDevice device = OpenDevice(EchoDevice.Win32Name);

        DeviceReply reply = device.Send(EchoDevice.Echo, [1, 2, 3, 4], replyBytes: 4);

        Assert.Equal(NtStatus.Success, reply.Status);
        Assert.Equal([1, 2, 3, 4], reply.Bytes);
    }

    [Fact]
    public void A_pending_request_ends_when_it_is_cancelled()
    {
        EchoDriver driver = new();
        LoadDriver(driver);
        using TestDevice device = OpenDevice(EchoDevice.Win32Name);
        using TestRequest request = device.Begin(EchoDevice.EchoLater, [1, 2, 3, 4], replyBytes: 4);
        Assert.True(request.IsPending);

        device.Cancel();

        Assert.Equal(NtStatus.Cancelled, request.Wait().Status);
        Assert.Equal(0, driver.WaitingRequests);
    }

    [Fact]
    public void A_request_that_its_driver_keeps_times_out_and_ends_later()
    {
        LoadDriver(new EchoDriver());
        using TestDevice device = OpenDevice(EchoDevice.Win32Name);
        using TestRequest request = device.Begin(EchoDevice.EchoLater, [1, 2, 3, 4], replyBytes: 4);

        Assert.Throws<TimeoutException>(() => request.Wait(TimeSpan.Zero));
        Assert.Equal(NtStatus.Success, device.Send(EchoDevice.Release).Status);
        Assert.Equal([1, 2, 3, 4], request.Wait().Bytes);
    }

    [Fact]
    public void A_map_type_of_an_extension_keeps_objects()
    {
        SampleMapDriver extension = new();
        LoadDriver(extension);
        using (CustomMap<uint, uint> map = Bpf.CreateCustomMap<uint, uint>(BpfMapType.SampleHashMap, "numbers", maxEntries: 2))
        {
            map[1] = 100;
            Assert.Equal(1, extension.ObjectCount);
        }

        UnloadDriver(Machine.Io.Drivers.Single(d => d.Name == extension.Name));
        Assert.Equal(0, extension.ObjectCount);
    }

    [Fact]
    public void A_driver_that_does_not_load_and_a_device_that_does_not_exist_are_refused_by_name()
    {
        LoadDriver(new EchoDriver());

        Assert.Contains("'Echo'", Assert.Throws<InvalidOperationException>(() => LoadDriver(new EchoDriver())).Message, StringComparison.Ordinal);
        Assert.Contains(
            @"'\\.\None' was not opened: STATUS_OBJECT_NAME_NOT_FOUND",
            Assert.Throws<InvalidOperationException>(() => OpenDevice(@"\\.\None")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_driver_is_unloaded()
    {
        DriverObject driver = LoadDriver(new EchoDriver());

        UnloadDriver(driver);

        Assert.Throws<InvalidOperationException>(() => UnloadDriver(driver));
    }
}
