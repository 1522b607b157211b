using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.UserMode;

/// <summary>A program attached to a hook. Disposing it detaches the program, unless the link is pinned or open elsewhere.</summary>
public sealed class BpfLink : IDisposable
{
    private readonly int _descriptor;
    private int _closed;

    internal BpfLink(BpfSession session, int descriptor)
    {
        Session = session;
        _descriptor = descriptor;
    }

    /// <summary>The session in which it was created.</summary>
    public BpfSession Session { get; }

    /// <summary>Its descriptor, for libbpf-shaped calls of the same session.</summary>
    /// <exception cref="ObjectDisposedException">The link is closed.</exception>
    public int Descriptor
    {
        get
        {
            ObjectDisposedException.ThrowIf(_closed != 0, this);
            return _descriptor;
        }
    }

    /// <summary>The kernel's info of it: program, attach type, attach data.</summary>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public BpfLinkInfo Info => Session.InfoOf<BpfLinkInfo>(Descriptor);

    /// <summary>Detaches the program now; the link stays open. Detaching twice does nothing.</summary>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public void Detach() => Session.Require(nameof(Libbpf.bpf_link_detach), "link: detach", new DetachLinkCall(Descriptor));

    /// <summary>Pins the link, so that the program stays attached when this link is disposed.</summary>
    /// <param name="path">The path, such as <c>/ebpf/global/drop</c>.</param>
    /// <exception cref="BpfException">The path is invalid, or already in use.</exception>
    public void Pin(string path) => Session.Require($"link: pin at '{path}'", Session.Library.WithString(path, address =>
    {
        PinCall call = new(Descriptor, address);
        return Session.Library.Execute(nameof(Libbpf.bpf_obj_pin), ref call);
    }));

    /// <summary>Closes the link's descriptor.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            Session.CloseDescriptor(_descriptor);
        }
    }
}

public sealed partial class BpfSession
{
    /// <summary>Opens a link by its id.</summary>
    /// <param name="id">Id of the link.</param>
    /// <exception cref="BpfException">No link has this id.</exception>
    public BpfLink OpenLink(uint id) => new(this, Require(
        nameof(Libbpf.bpf_link_get_fd_by_id),
        $"link of id {id}: bpf_link_get_fd_by_id",
        new OpenByIdCall(EbpfOperationId.GetLinkHandleById, id)));
}
