using System.Text;
using KernelSim.LabScripts.Machines;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode;

namespace KernelSim.LabScripts.Ops;

/// <summary>Calls on the devices of any driver, as a program makes them that opened its handles with FILE_FLAG_OVERLAPPED.</summary>
internal static class DeviceOps
{
    /// <summary><c>create_file</c>: opens a device.</summary>
    public static ScriptResult Open(ScriptSession session, ScriptCall call)
    {
        NtHandle handle = NtHandle.Invalid;
        NtStatus status = session.Call(requestId =>
        {
            using UserBlocks blocks = new(session.Gate);
            byte[]? name = call.Text("path") is { } path ? Encoding.Unicode.GetBytes(path) : null;
            UserRange range = name is null ? UserRange.Null : new UserRange(blocks.Copy(name), (uint)name.Length);
            return session.Gate.NtCreateFile(requestId, range, CreateFileOptions.None, out handle);
        });
        int ret = status.IsSuccess ? (int)handle.Value : Ret(status);
        session.RememberNumber(call, ret);
        return new ScriptResult { Ret = ret, Outputs = [Status(status)] };
    }

    /// <summary><c>device_io_control</c>: sends a request.</summary>
    public static ScriptResult Control(ScriptSession session, ScriptCall call)
    {
        uint outputLength = call.UInt32("output_size");
        if (session.RefuseAllocation(call, "the output", outputLength) is { } tooLarge)
        {
            return tooLarge;
        }

        return session.Call(requestId =>
        {
            NtStatus status = DeviceRequest.Send(
                session.Gate, requestId, Handle(call), call.ControlCode("code"), call.Bytes("input"), outputLength, out DeviceRequest request);
            if (status == NtStatus.Pending)
            {
                int number = session.RememberRequest(request);
                session.RememberNumber(call, number);
                return new ScriptResult { Outputs = [Status(status), new ScriptOutput("request", number)] };
            }

            using (request)
            {
                // The status block of a request that failed at once is not written.
                RawReply reply = status.IsError ? new RawReply(status, 0, []) : request.Result();
                session.RememberNumber(call, Ret(status));
                return Complete(reply, session.RefusalOf(call.Op.Name, requestId, status, n => session.Lab.FindCheck(n) ?? CheckTable.Find(n)));
            }
        });
    }

    /// <summary><c>get_overlapped_result</c>: waits for a pending request.</summary>
    public static ScriptResult Result(ScriptSession session, ScriptCall call)
    {
        int number = call.Descriptor("request");
        if (session.RequestOf(number) is not { } request)
        {
            return new ScriptResult { Ret = Ret(NtStatus.InvalidHandle), Outputs = [Status(NtStatus.InvalidHandle)] };
        }

        RawReply? reply = null;
        NtStatus waited = session.Call(requestId =>
        {
            NtStatus status = request.Wait(requestId, TimeSpan.FromMilliseconds(call.UInt32("timeout_ms")));
            reply = status == NtStatus.Success ? request.Result() : null;
            return status;
        });
        if (reply is null)
        {
            // The driver may still write to the buffers of a request that could not be waited for.
            return waited == NtStatus.Timeout ? new ScriptResult { Outputs = [Status(NtStatus.Pending)] } : Answer(waited);
        }

        session.ForgetRequest(number);
        return Complete(reply, refusal: null);
    }

    /// <summary><c>cancel_io</c>: requests cancellation of all requests that are pending on a handle.</summary>
    public static ScriptResult Cancel(ScriptSession session, ScriptCall call) =>
        Answer(session.Call(requestId => session.Gate.NtCancelIoFile(requestId, Handle(call))));

    /// <summary><c>close_handle</c>.</summary>
    public static ScriptResult Close(ScriptSession session, ScriptCall call) =>
        Answer(session.Call(requestId => session.Gate.NtClose(requestId, Handle(call))));

    private static ScriptResult Complete(RawReply reply, Refusal? refusal) => new()
    {
        Ret = Ret(reply.Status),
        Refusal = refusal,
        Outputs = [Status(reply.Status), new ScriptOutput("information", (long)reply.Information), new ScriptOutput("output", reply.Reply)],
    };

    private static ScriptResult Answer(NtStatus status) => new() { Ret = Ret(status), Outputs = [Status(status)] };

    private static ScriptOutput Status(NtStatus status) => new("status", status.Name);

    private static NtHandle Handle(ScriptCall call) => new(call.Descriptor("handle"));

    private static int Ret(NtStatus status) =>
        status.IsSuccess ? 0 : -(int)ResultConversions.ToErrno(ResultConversions.SeenThroughIoctl(status));
}
