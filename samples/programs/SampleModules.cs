using KernelSim.EbpfCore.Native;
using KernelSim.Nt.Images;

namespace KernelSim.Samples.Programs;

/// <summary>The sample modules, as files to install on a machine. Each is compiled when it is first used.</summary>
public static class SampleModules
{
    private static readonly SampleModule s_dropPacket = new("droppacket.sys", typeof(DropPacket));
    private static readonly SampleModule s_bindMonitor = new("bindmonitor.sys", typeof(BindMonitor));
    private static readonly SampleModule s_countConnect4 = new("cgroup_count_connect4.sys", typeof(CountConnect4));
    private static readonly SampleModule s_tailCallChain = new("tail_call_chain.sys", typeof(TailCallChain));
    private static readonly SampleModule s_connectEvents = new("connect_events.sys", typeof(ConnectEvents));
    private static readonly SampleModule s_portTables = new("port_tables.sys", typeof(PortTables));

    private static readonly SampleModule[] s_all = [s_dropPacket, s_bindMonitor, s_countConnect4, s_tailCallChain, s_connectEvents, s_portTables];

    /// <summary>Drops UDP packets without a payload: <see cref="DropPacket"/>.</summary>
    public static DriverImage DropPacketImage => s_dropPacket.Image;

    /// <summary>Counts and limits ports that processes hold: <see cref="BindMonitor"/>.</summary>
    public static DriverImage BindMonitorImage => s_bindMonitor.Image;

    /// <summary>Counts connections by port: <see cref="CountConnect4"/>.</summary>
    public static DriverImage CountConnect4Image => s_countConnect4.Image;

    /// <summary>Tail calls from one program to the next: <see cref="TailCallChain"/>.</summary>
    public static DriverImage TailCallChainImage => s_tailCallChain.Image;

    /// <summary>Records in a ring buffer: <see cref="ConnectEvents"/>.</summary>
    public static DriverImage ConnectEventsImage => s_connectEvents.Image;

    /// <summary>Maps in a map: <see cref="PortTables"/>.</summary>
    public static DriverImage PortTablesImage => s_portTables.Image;

    /// <summary>All sample modules.</summary>
    public static IReadOnlyList<DriverImage> All => [.. s_all.Select(m => m.Image)];

    /// <summary>Installs all of them on a machine.</summary>
    public static void Install(ImageStore images)
    {
        ArgumentNullException.ThrowIfNull(images);
        foreach (SampleModule module in s_all)
        {
            images.InstallOnDemand(module.Path, () => module.Image);
        }
    }

    private sealed class SampleModule(string path, Type code)
    {
        private readonly Lazy<DriverImage> _image = new(() => NativeModuleImage.Compile(code, path));

        public string Path => path;

        public DriverImage Image => _image.Value;
    }
}
