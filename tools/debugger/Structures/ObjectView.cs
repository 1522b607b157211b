using KernelSim.Debugger.Targets;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ob;

namespace KernelSim.Debugger.Structures;

/// <summary>A kernel object.</summary>
/// <param name="object">The <see cref="ObObject"/>.</param>
internal sealed class ObjectView(ITargetObject @object)
{
    private static readonly KernelField s_type = KernelField.Property<ObObject>(nameof(ObObject.TypeName));
    private static readonly KernelField s_references = KernelField.Of<ObObject>("_references");
    private static readonly KernelField s_handles = KernelField.Of<ObObject>("_handles");
    private static readonly KernelField s_context = KernelField.Property<FileObject>(nameof(FileObject.FsContext));
    private static readonly KernelField s_device = KernelField.Property<FileObject>(nameof(FileObject.Device));

    public ITargetObject Object => @object;

    public string TypeName => @object.Text(s_type) ?? "";

    /// <summary>References, without those that system calls in progress have borrowed.</summary>
    public long References => @object.Integer(s_references);

    public long Handles => @object.Integer(s_handles);

    public bool IsFile => @object.Is(typeof(FileObject).FullName!);

    /// <summary>The state of the driver in a file object; null for other objects, and if there is none.</summary>
    public ITargetObject? FsContext => IsFile ? @object.Object(s_context) : null;

    /// <summary>The device that a file object is open on; null for other objects.</summary>
    public DeviceView? Device => IsFile ? new DeviceView(@object.Required(s_device)) : null;
}
