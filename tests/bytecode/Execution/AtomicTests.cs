using static KernelSim.Bytecode.Tests.Code;

namespace KernelSim.Bytecode.Tests;

public sealed class AtomicTests
{
    public static TheoryData<int, int> Operations
    {
        get
        {
            TheoryData<int, int> data = [];
            foreach (int operation in (int[])[0x00, 0x01, 0x40, 0x41, 0x50, 0x51, 0xa0, 0xa1, 0xe1, 0xf1])
            {
                data.Add(U32, operation);
                data.Add(U64, operation);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void AnAtomicDoesTheSameOnTheStackAndInARegion(int size, int operation)
    {
        byte[] memory = [0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 9, 9, 9, 9, 9, 9, 9, 9];
        BpfInstruction[] prefix = [Load(U64, 7, 1, 0), Store(U64, 10, -8, 7), Mov(2, -3), MovRegister(0, 7)];
        Outcome onStack = Both.Run(
            Image([.. prefix, Atomic(size, 10, -8, 2, operation), Load(U64, 3, 10, -8), Store(U64, 1, 0, 3), Store(U64, 1, 8, 2), Exit()]),
            memory);
        Outcome inRegion = Both.Run(Image([.. prefix, Atomic(size, 1, 0, 2, operation), Store(U64, 1, 8, 2), Exit()]), memory);
        Assert.Equal((onStack.R0, onStack.Memory, null), (inRegion.R0, inRegion.Memory, inRegion.Fault));
        Assert.NotEqual(Convert.ToHexStringLower(memory), inRegion.Memory);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void AnAtomicOnAnAddressThatIsNoMultipleOfItsSizeIsAFault(int size, int operation)
    {
        foreach (BpfInstruction atomic in (BpfInstruction[])[Atomic(size, 1, 2, 2, operation), Atomic(size, 10, -14, 2, operation)])
        {
            BytecodeFault fault = Both.Fault(Image(Mov(2, 1), atomic, Exit()), new byte[16]);
            Assert.Equal(
                (BytecodeFaultKind.MisalignedAtomic, 1, atomic.Destination, size == U32 ? 4UL : 8UL),
                (fault.Kind, fault.Instruction, fault.Register, fault.Length));
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void AnAtomicOutsideOfEveryRegionIsAnInvalidWrite(int size, int operation) =>
        Assert.Equal(BytecodeFaultKind.InvalidWrite, Both.Fault(Image(Mov(2, 1), Atomic(size, 1, 16, 2, operation), Exit()), new byte[16]).Kind);
}
