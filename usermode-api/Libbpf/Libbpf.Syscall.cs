using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.UserMode;

// The call in the shape of Linux's system call: upstream's bpf_syscall.cpp.
public sealed partial class Libbpf
{
    /// <summary>
    /// What <c>GetLastError</c> returns on the calling thread after <see cref="bpf"/> has refused a command that this build does not have. Other
    /// calls do not change it.
    /// </summary>
    public Win32Error LastError => _errors.Value!.LastError;

    /// <summary>Calls another function in the shape of Linux's <c>bpf(2)</c>: <c>bpf</c>.</summary>
    /// <param name="cmd">The command to execute.</param>
    /// <param name="attr">
    /// Address of the command's structure: a <see cref="Protocol.Messages.SysBpfMapCreateAttr"/> and so on, or a 32-bit id for the
    /// commands that open an object by its id.
    /// </param>
    /// <param name="size">
    /// Its size in bytes, as the caller knows it. A shorter structure is padded with zeros; the bytes after the part that this library knows
    /// must be zero.
    /// </param>
    /// <returns>
    /// The return value of the function that the command stands for: 0, a descriptor, or -errno. -EINVAL for an invalid command
    /// (<see cref="LastError"/> is then ERROR_CALL_NOT_IMPLEMENTED), for bytecode (ERROR_NOT_SUPPORTED), for a structure with nonzero bytes after
    /// the known part, for a reserved field that is not 0, and for an unterminated name of 16 bytes.
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
