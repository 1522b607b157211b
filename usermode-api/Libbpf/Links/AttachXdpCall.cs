using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>Attaches an XDP program to an interface, in place of another if <c>XDP_FLAGS_REPLACE</c> (1) is set.</summary>
    /// <param name="ifindex">Index of the interface.</param>
    /// <param name="prog_fd">Descriptor of the program; -1 only detaches.</param>
    /// <param name="flags"><c>XDP_FLAGS_REPLACE</c> or 0.</param>
    /// <param name="opts">Address of a <c>bpf_xdp_attach_opts</c>, whose old_prog_fd (offset 8) gives the program to replace; NULL for any.</param>
    /// <returns>0, or the error of the step that failed.</returns>
    public int bpf_xdp_attach(int ifindex, int prog_fd, uint flags, ulong opts = 0) =>
        Call(new AttachXdpCall(ifindex, prog_fd, flags, opts, oldProgram: -1));

    /// <summary>Detaches the XDP program of an interface.</summary>
    /// <param name="ifindex">Index of the interface.</param>
    /// <param name="flags">See <see cref="bpf_xdp_attach"/>.</param>
    /// <param name="opts">See <see cref="bpf_xdp_attach"/>.</param>
    /// <returns>0, even if there was none.</returns>
    public int bpf_xdp_detach(int ifindex, uint flags, ulong opts = 0) => bpf_xdp_attach(ifindex, -1, flags, opts);

    /// <summary>Older form of <see cref="bpf_xdp_attach"/>.</summary>
    /// <param name="ifindex">Index of the interface.</param>
    /// <param name="fd">Descriptor of the program; -1 only detaches.</param>
    /// <param name="flags">See <see cref="bpf_xdp_attach"/>.</param>
    /// <returns>See <see cref="bpf_xdp_attach"/>.</returns>
    public int bpf_set_link_xdp_fd(int ifindex, int fd, uint flags) =>
        Call(new AttachXdpCall(ifindex, fd, flags, options: 0, oldProgram: 0));
}

/// <summary><c>bpf_xdp_attach</c> and its older form: detaches the program to replace, then attaches.</summary>
/// <param name="ifindex">Index of the interface.</param>
/// <param name="program">Descriptor of the program; -1 only detaches.</param>
/// <param name="flags">Whether an attached program is replaced.</param>
/// <param name="options">Address of options, which give the program to replace; NULL for none.</param>
/// <param name="oldProgram">Descriptor of the program to replace if there are no options; 0 and -1 stand for any.</param>
internal readonly struct AttachXdpCall(int ifindex, int program, uint flags, ulong options, int oldProgram) : ILibraryCall
{
    private const uint Replace = 1;
    private const uint OldProgramOffset = 8;
    private const string OptionsSite = "library:xdp_attach.opts";

    /// <inheritdoc/>
    public int Descriptor => program;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        if (options != 0
            && !call.RequireBuffer(MemoryAccess.Read, CheckTable.ApiXdpAttachOpts, "opts", options, 1, OldProgramOffset + sizeof(int)))
        {
            return call.Refused;
        }

        int old = options == 0
            ? oldProgram
            : MemoryMarshal.Read<int>(call.Memory.Access(options + OldProgramOffset, sizeof(int), MemoryAccess.Read, OptionsSite));
        EbpfResult result = (flags & Replace) != 0 || program == -1 ? DetachOld(call, old) : EbpfResult.Success;
        return result != EbpfResult.Success || program == -1
            ? result
            : new AttachProgramCall(program, AttachTypeTable.Find(BpfAttachType.Xdp)!.Id, new AttachData(ifindex), legacy: true).Run(call);
    }

    private EbpfResult DetachOld(ApiCall call, int old)
    {
        uint programId;
        EbpfResult result;
        if (old is 0 or -1)
        {
            result = XdpLinks.Find(call, ifindex, out programId);
            if (result == EbpfResult.NoMoreKeys)
            {
                return EbpfResult.Success;
            }
        }
        else
        {
            result = GetXdpProgramId(call, old, out programId);
        }

        return result == EbpfResult.Success ? XdpLinks.Detach(call, ifindex, programId) : result;
    }

    private static EbpfResult GetXdpProgramId(ApiCall call, int descriptor, out uint id)
    {
        id = 0;
        if (!call.TryResolve(descriptor, out OpenDescriptor? entry))
        {
            return call.Refused;
        }

        EbpfResult result = ObjectMessages.GetObjectInfo(
            call.Channel, entry.Handle, default, Unsafe.SizeOf<BpfProgInfo>(), out EbpfObjectType type, out ReadOnlySpan<byte> answer);
        if (result != EbpfResult.Success)
        {
            return result;
        }

        bool isProgram = type == EbpfObjectType.Program && answer.Length >= Unsafe.SizeOf<BpfProgInfo>();
        BpfProgInfo info = isProgram ? MemoryMarshal.Read<BpfProgInfo>(answer) : default;
        id = info.Id;
        return call.Require(
            info.Type == BpfProgType.Xdp, CheckTable.ApiXdpOldProgram, "type of the program to replace", (long)info.Type, (long)BpfProgType.Xdp)
            ? EbpfResult.Success
            : call.Refused;
    }
}
