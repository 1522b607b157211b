using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.UserMode.Calls.Syscall;

namespace KernelSim.UserMode;

// The call that has the shape of Linux's system call: upstream's bpf_syscall.cpp.
public sealed partial class Libbpf
{
    /// <summary>
    /// What <c>GetLastError</c> says to the calling thread after <see cref="bpf"/> has refused a command that this build does not have. Other
    /// calls leave it alone.
    /// </summary>
    public Win32Error LastError => _errors.Value!.LastError;

    /// <summary>Does what another call does, in the shape of Linux's <c>bpf(2)</c>: <c>bpf</c>.</summary>
    /// <param name="cmd">What to do.</param>
    /// <param name="attr">
    /// Address of the command's structure: a <see cref="Protocol.Messages.SysBpfMapCreateAttr"/> and so on, or a 32-bit id for the
    /// commands that open an object by its id.
    /// </param>
    /// <param name="size">
    /// Bytes in it, as the caller knows it. What a shorter one lacks counts as zeros; what is behind the part that this library knows
    /// must be zeros.
    /// </param>
    /// <returns>
    /// What the call for which the command stands returns: 0, a descriptor, or -errno. -EINVAL for a number that is no command
    /// (<see cref="LastError"/> then says ERROR_CALL_NOT_IMPLEMENTED), for bytecode (ERROR_NOT_SUPPORTED), for a structure that goes on behind
    /// the known part, for a reserved field that is not 0, and for a name of 16 bytes without an end.
    /// </returns>
    public int bpf(BpfCmdId cmd, ulong attr, uint size)
    {
        int result = Call(new BpfCall(cmd, attr, size));
        ThreadErrors errors = _errors.Value!;
        if (result < 0 && errors.Refusal is { } refusal)
        {
            errors.LastError = refusal.Check == CheckTable.ApiBpfCommand ? Win32Error.CallNotImplemented
                : refusal.Check == CheckTable.ApiBpfProgLoad ? Win32Error.NotSupported
                : errors.LastError;
        }

        return result;
    }
}
