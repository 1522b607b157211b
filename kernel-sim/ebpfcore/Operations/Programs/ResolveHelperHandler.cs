using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Programs;
using KernelSim.EbpfCore.Programs.Helpers;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>
/// Operation 0: gives the compiler the addresses of helpers, and fixes what the program was verified against. Only once for a program: a second
/// request is refused and, as upstream, discards what the first has fixed.
/// </summary>
internal sealed unsafe class ResolveHelperHandler() : ProgramHandler(EbpfOperationId.ResolveHelper)
{
    // Have only the form of kernel addresses, one for each helper id; nothing is there.
    private const ulong CodeBase = 0xFFFF_F800_0000_0000;
    private const ulong CodeStep = 0x40;

    /// <inheritdoc/>
    protected override EbpfResult Prepare(in ProtocolCall call)
    {
        const int Fixed = ResolveHelperRequest.TailOffset;
        if (!call.Require(call.RequestLength >= Fixed, CheckTable.ResolveHelperRequest, call.RequestLength, Fixed))
        {
            return call.Refused;
        }

        int length = ReplyLength(call);
        if (!call.Require(call.ReplyLength >= length, CheckTable.ResolveHelperRoom, call.ReplyLength, length))
        {
            return call.Refused;
        }

        return EbpfResult.Success;
    }

    /// <inheritdoc/>
    protected override EbpfResult Handle(in ProtocolCall call, EbpfProgram program)
    {
        byte* tail = call.Request + ResolveHelperRequest.TailOffset;
        uint[] ids = MemoryMarshal.Cast<byte, uint>(new ReadOnlySpan<byte>(tail, Count(call) * sizeof(uint))).ToArray();
        EbpfResult result = HelperResolver.Resolve(call.Caller, program, ids, out bool[]? implicitContext);
        if (result != EbpfResult.Success)
        {
            return result;
        }

        var addresses = (HelperFunctionAddress*)(call.Reply + ResolveHelperReply.TailOffset);
        for (int i = 0; i < ids.Length; i++)
        {
            addresses[i] = new HelperFunctionAddress
            {
                Address = CodeBase + (ids[i] * CodeStep),
                ImplicitContext = (byte)(implicitContext![i] ? 1 : 0),
            };
        }

        call.SetReplyLength(ReplyLength(call.RequestLength));
        return EbpfResult.Success;
    }

    private static int Count(in ProtocolCall call) => (call.RequestLength - ResolveHelperRequest.TailOffset) / sizeof(uint);

    private static int ReplyLength(in ProtocolCall call) => ReplyLength(call.RequestLength);

    private static int ReplyLength(int requestLength) => ResolveHelperReply.TailOffset
        + ((requestLength - ResolveHelperRequest.TailOffset) / sizeof(uint) * sizeof(HelperFunctionAddress));
}
