using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.Nt.Io;

/// <summary>A device, DEVICE_OBJECT.</summary>
public sealed class DeviceObject
{
    private const int CodeNames = 16;

    // Replaced as wholes, by any thread.
    private readonly CodeName?[] _codeNames = new CodeName?[CodeNames];
    private int _openFiles;

    internal DeviceObject(DriverObject driver, string name)
    {
        Driver = driver;
        Name = name;
    }

    /// <summary>The driver that created the device.</summary>
    public DriverObject Driver { get; }

    /// <summary>Full name of the device, such as <c>\Device\EbpfIoDevice</c>.</summary>
    public string Name { get; }

    /// <summary>The driver's own state: the device extension.</summary>
    public object? Extension { get; set; }

    /// <summary>
    /// True: only administrators may open the device, other callers get STATUS_ACCESS_DENIED. Stands for the security descriptor
    /// (SDDL) that a driver gives its device.
    /// </summary>
    public bool AdministratorsOnly { get; set; }

    /// <summary>Names the operation of a control request in traces; null: the control code is the name.</summary>
    public RequestDescriber? DescribeRequest { get; set; }

    /// <summary>
    /// Rows of the driver's protocol with the numbers of <see cref="SystemChecks"/>, reported in their place when the I/O manager refuses a
    /// request to the device, so that the refusal has the protocol's codes too. Empty: the system's rows are reported.
    /// </summary>
    public IReadOnlyList<Check> ProtocolChecks
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = [];

    /// <summary>Number of open file objects on the device.</summary>
    public int OpenFiles => Volatile.Read(ref _openFiles);

    /// <summary>The row to report when the I/O manager refuses a request to the device by a check of its own.</summary>
    internal Check RowOf(Check check) => ProtocolChecks.FirstOrDefault(row => row.Number == check.Number, check);

    /// <summary>The name of a control code that the driver has none for. Codes in use are named once.</summary>
    internal string NameOf(IoControlCode code)
    {
        ref CodeName? place = ref _codeNames[code.Function % CodeNames];
        if (place is not { } name || name.Code != code)
        {
            place = name = new CodeName(code, code.ToString());
        }

        return name.Name;
    }

    internal void AddFile()
    {
        Interlocked.Increment(ref _openFiles);
        Driver.FileOpened();
    }

    internal void RemoveFile()
    {
        Interlocked.Decrement(ref _openFiles);
        Driver.FileClosed();
    }

    private sealed record CodeName(IoControlCode Code, string Name);
}
