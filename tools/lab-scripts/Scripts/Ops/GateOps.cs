using KernelSim.LabScripts.Machines;
using KernelSim.Protocol;

namespace KernelSim.LabScripts.Ops;

/// <summary>Calls that a program makes without the library.</summary>
internal static class GateOps
{
    /// <summary><c>gate_ioctl</c>: sends a message through the device unchanged.</summary>
    public static ScriptResult Ioctl(ScriptSession session, ScriptCall call)
    {
        uint replyLength = call.UInt32("reply_size");
        if (session.RefuseAllocation(call, "the reply", replyLength) is { } tooLarge)
        {
            return tooLarge;
        }

        RawReply reply = session.SendRaw(call.Bytes("message"), replyLength, out var refusal);
        Errno errno = ResultConversions.ToErrno(ResultConversions.SeenThroughIoctl(reply.Status));
        return new ScriptResult
        {
            Ret = -(long)errno,
            Refusal = refusal,
            Outputs = [new ScriptOutput("status", reply.Status.Name), new ScriptOutput("reply", reply.Reply)],
        };
    }
}
