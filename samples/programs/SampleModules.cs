using KernelSim.EbpfCore.Native;
using KernelSim.Nt.Images;

namespace KernelSim.Samples.Programs;

/// <summary>The sample modules, as files to install on a machine.</summary>
public static class SampleModules
{
    /// <summary>Drops UDP packets without a payload: <see cref="DropPacket"/>.</summary>
    public static DriverImage DropPacketImage { get; } = NativeModuleImage.Compile(typeof(DropPacket), "droppacket.sys");

    /// <summary>Counts and limits ports that processes hold: <see cref="BindMonitor"/>.</summary>
    public static DriverImage BindMonitorImage { get; } = NativeModuleImage.Compile(typeof(BindMonitor), "bindmonitor.sys");

    /// <summary>Counts connections by port: <see cref="CountConnect4"/>.</summary>
    public static DriverImage CountConnect4Image { get; } =
        NativeModuleImage.Compile(typeof(CountConnect4), "cgroup_count_connect4.sys");

    /// <summary>Tail calls from one program to the next: <see cref="TailCallChain"/>.</summary>
    public static DriverImage TailCallChainImage { get; } = NativeModuleImage.Compile(typeof(TailCallChain), "tail_call_chain.sys");

    /// <summary>Records in a ring buffer: <see cref="ConnectEvents"/>.</summary>
    public static DriverImage ConnectEventsImage { get; } = NativeModuleImage.Compile(typeof(ConnectEvents), "connect_events.sys");

    /// <summary>Maps in a map: <see cref="PortTables"/>.</summary>
    public static DriverImage PortTablesImage { get; } = NativeModuleImage.Compile(typeof(PortTables), "port_tables.sys");

    /// <summary>All sample modules.</summary>
    public static IReadOnlyList<DriverImage> All { get; } =
        [DropPacketImage, BindMonitorImage, CountConnect4Image, TailCallChainImage, ConnectEventsImage, PortTablesImage];

    /// <summary>Installs all of them on a machine.</summary>
    public static void Install(ImageStore images)
    {
        ArgumentNullException.ThrowIfNull(images);
        foreach (DriverImage image in All)
        {
            images.Install(image);
        }
    }
}
