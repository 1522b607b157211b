using KernelSim.Debugger.Targets;
using KernelSim.Nt.Io;

namespace KernelSim.Debugger.Structures;

/// <summary>A device.</summary>
/// <param name="device">The <see cref="DeviceObject"/>.</param>
internal sealed class DeviceView(ITargetObject device)
{
    private static readonly KernelField s_name = KernelField.Property<DeviceObject>(nameof(DeviceObject.Name));
    private static readonly KernelField s_driver = KernelField.Property<DeviceObject>(nameof(DeviceObject.Driver));
    private static readonly KernelField s_extension = KernelField.Property<DeviceObject>(nameof(DeviceObject.Extension));
    private static readonly KernelField s_administrators = KernelField.Property<DeviceObject>(nameof(DeviceObject.AdministratorsOnly));
    private static readonly KernelField s_openFiles = KernelField.Of<DeviceObject>("_openFiles");

    public ITargetObject Object => device;

    public string Name => device.Text(s_name) ?? "";

    public DriverView Driver => new(device.Required(s_driver));

    public ITargetObject? Extension => device.Object(s_extension);

    public bool AdministratorsOnly => device.Flag(s_administrators);

    public int OpenFiles => (int)device.Integer(s_openFiles);
}
