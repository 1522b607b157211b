using KernelSim.Debugger.Targets;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;

namespace KernelSim.Debugger.Structures;

/// <summary>A driver.</summary>
/// <param name="driver">The <see cref="DriverObject"/>.</param>
internal sealed class DriverView(ITargetObject driver)
{
    private static readonly KernelField s_name = KernelField.Property<DriverObject>(nameof(DriverObject.Name));
    private static readonly KernelField s_assembly = KernelField.Property<DriverObject>(nameof(DriverObject.Assembly));
    private static readonly KernelField s_path = KernelField.Property<DriverObject>(nameof(DriverObject.ImagePath));
    private static readonly KernelField s_state = KernelField.Property<DriverObject>(nameof(DriverObject.State));
    private static readonly KernelField s_unload = KernelField.Property<DriverObject>(nameof(DriverObject.Unload));
    private static readonly KernelField s_openFiles = KernelField.Of<DriverObject>("_openFiles");
    private static readonly KernelField s_devices = KernelField.Of<DriverObject>("_devices");
    private static readonly KernelField s_outstanding = KernelField.Of<DriverObject>("_outstandingRequests");
    private static readonly KernelField s_cells = KernelField.Of<ThreadCounter>("_cells");
    private static readonly KernelField s_value = KernelField.Nested<ThreadCounter>("Cell", "Value");

    public ITargetObject Object => driver;

    public string Name => driver.Text(s_name) ?? "";

    /// <summary>The simple name of the assembly that has its code.</summary>
    public string Assembly => driver.Text(s_assembly) ?? "";

    public string? ImagePath => driver.Text(s_path);

    public DriverState State => (DriverState)driver.Integer(s_state);

    public string? Unload => driver.ReadMethod(s_unload.Name);

    public int OpenFiles => (int)driver.Integer(s_openFiles);

    /// <summary>Requests that it holds and has not completed.</summary>
    public long OutstandingRequests
    {
        get
        {
            ITargetArray cells = driver.Required(s_outstanding).Array(s_cells);
            return Enumerable.Range(0, cells.Length).Sum(i => cells.StructAt(i).Integer(s_value));
        }
    }

    public IEnumerable<DeviceView> Devices => driver.List(s_devices).Select(d => new DeviceView(d));
}
