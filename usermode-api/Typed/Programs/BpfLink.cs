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
    public void Detach() => Session.Require(Session.Library.bpf_link_detach(Descriptor), "link: detach");

    /// <summary>Pins the link, so that the program stays attached when this link is disposed.</summary>
    /// <param name="path">The path, such as <c>/ebpf/global/drop</c>.</param>
    /// <exception cref="BpfException">The path is invalid, or already in use.</exception>
    public void Pin(string path) => Session.Require(Session.Library.bpf_obj_pin(Descriptor, path), $"link: pin at '{path}'");

    /// <summary>Closes the link's descriptor.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            Session.CloseDescriptor(_descriptor);
        }
    }
}
