using KernelSim.Bytecode;
using KernelSim.Protocol;

namespace KernelSim.UserMode.Tests.Support;

/// <summary>Instructions by what their text is, as far as tests need them.</summary>
internal static class Assembly
{
    public static BpfInstruction Exit { get; } = new(0x95, 0, 0, 0, 0);

    /// <summary><c>rD = I</c>.</summary>
    public static BpfInstruction Move(int register, int number) => new(0xb7, register, 0, 0, number);

    /// <summary><c>rD = rS</c>.</summary>
    public static BpfInstruction MoveRegister(int register, int source) => new(0xbf, register, source, 0, 0);

    /// <summary><c>rD += I</c>.</summary>
    public static BpfInstruction Add(int register, int number) => new(0x07, register, 0, 0, number);

    /// <summary><c>*(u32 *)(rD + O) = I</c>.</summary>
    public static BpfInstruction Store32(int register, short offset, int number) => new(0x62, register, 0, offset, number);

    /// <summary><c>*(u64 *)(rD + O) = rS</c>.</summary>
    public static BpfInstruction Store64(int register, short offset, int source) => new(0x7b, register, source, offset, 0);

    /// <summary><c>rD = *(u64 *)(rS + O)</c>.</summary>
    public static BpfInstruction Load64(int register, int source, short offset) => new(0x79, register, source, offset, 0);

    /// <summary><c>if rD == I goto +O</c>.</summary>
    public static BpfInstruction IfEqual(int register, int number, short distance) => new(0x15, register, 0, distance, number);

    /// <summary><c>goto +O</c>.</summary>
    public static BpfInstruction Jump(short distance) => new(0x05, 0, 0, distance, 0);

    /// <summary><c>call I</c>.</summary>
    public static BpfInstruction Call(BpfFuncId helper) => Call((int)helper);

    public static BpfInstruction Call(int helper) => new(0x85, 0, 0, 0, helper);

    /// <summary><c>rD = map_fd ll</c>.</summary>
    public static BpfInstruction[] LoadMap(int register, int fd) => [new(0x18, register, 1, 0, fd), default];

    /// <summary><c>rD = &amp;map_value(fd) + O ll</c>.</summary>
    public static BpfInstruction[] LoadMapValue(int register, int fd, int offset) => [new(0x18, register, 2, 0, fd), new(0, 0, 0, 0, offset)];

    /// <summary>A program that adds 1 to the value of key 0 of a map with 8-byte values, and returns a number.</summary>
    public static BpfInstruction[] Counter(int map, int result) =>
    [
        Store32(10, -4, 0),
        MoveRegister(2, 10),
        Add(2, -4),
        .. LoadMap(1, map),
        Call(BpfFuncId.MapLookupElem),
        IfEqual(0, 0, 3),
        Load64(1, 0, 0),
        Add(1, 1),
        Store64(0, 0, 1),
        Move(0, result),
        Exit,
    ];
}
