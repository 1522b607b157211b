using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Memory;
using KernelSim.Nt;
using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Programs;

/// <summary>
/// Machine code that the service compiled. It is stored as upstream stores it, but a simulated processor executes no instructions: running it
/// returns 0, as upstream's invocation does when it is built with <c>CONFIG_BPF_JIT_DISABLED</c>.
/// </summary>
internal sealed unsafe class MachineCode : ProgramCode
{
    private byte* _code;

    private MachineCode(byte* code)
    {
        _code = code;
    }

    /// <summary>Copies code into kernel memory: <c>ebpf_map_memory</c>. Null if pool refuses.</summary>
    public static MachineCode? Create(Machine machine, ReadOnlySpan<byte> code)
    {
        byte* memory = machine.Pool.Allocate((nuint)code.Length, CorePoolTags.Program, zero: false);
        if (memory == null)
        {
            return null;
        }

        code.CopyTo(new Span<byte>(memory, code.Length));
        return new MachineCode(memory);
    }

    /// <inheritdoc/>
    public override uint Run(in HelperCall call) => 0;

    /// <inheritdoc/>
    public override void Release(KeThread current)
    {
        current.Machine.Pool.Free(_code, CorePoolTags.Program);
        _code = null;
    }
}
