using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Protocol;

namespace KernelSim.Debugger.Nt;

/// <summary><c>!ioctldecode</c>: a control code, taken apart.</summary>
internal sealed class IoctlDecodeCommand : IDebuggerCommand
{
    private static readonly string[] s_access = ["FILE_ANY_ACCESS", "FILE_READ_ACCESS", "FILE_WRITE_ACCESS", "FILE_READ_ACCESS | FILE_WRITE_ACCESS"];

    public string Name => "!ioctldecode";

    public string Arguments => "CODE";

    public string Summary => "Decodes a control code: device type, function, method, access.";

    public bool ReadsTarget => false;

    public void Run(CommandCall call)
    {
        ulong given = call.Arguments.RequiredAddress();
        call.Arguments.End();
        if (given > uint.MaxValue)
        {
            throw new CommandException($"{Name}: 0x{given:x} given, expected a control code of 32 bits");
        }

        IoControlCode code = new((uint)given);
        call.Result.Member(new("code", ColumnKind.Pointer), given);
        call.Result.Member(new("device_type", ColumnKind.Pointer), (ulong)code.DeviceType);
        call.Result.Member(new("function", ColumnKind.Pointer), (ulong)code.Function);
        call.Result.Member(new("method", ColumnKind.Text), $"METHOD_{code.Method.ToString().ToUpperInvariant()}");
        call.Result.Member(new("access", ColumnKind.Text), s_access[code.Access]);
        call.Result.Member(new("name", ColumnKind.Text), code == EbpfDevice.ControlCode ? "IOCTL_EBPF_CTL_METHOD_BUFFERED" : null);
    }
}
