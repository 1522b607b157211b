using static KernelSim.Bytecode.Tests.Code;

namespace KernelSim.Bytecode.Tests;

public sealed class AccessFaultTests
{
    [Theory]
    [InlineData(U8, 1)]
    [InlineData(U16, 2)]
    [InlineData(U32, 4)]
    [InlineData(U64, 8)]
    public void AccessesReachTheLastByteOfARegionAndNoFurther(int size, int bytes)
    {
        short last = (short)(16 - bytes);
        Assert.Null(Both.Run(Image(Load(size, 0, 1, last), Store(size, 1, last, 0), Exit()), new byte[16]).Fault);

        BytecodeFault read = Both.Fault(Image(Load(size, 0, 1, (short)(last + 1)), Exit()), new byte[16]);
        Assert.Equal((BytecodeFaultKind.InvalidRead, 0, 1, (ulong)bytes), (read.Kind, read.Instruction, read.Register, read.Length));
        BytecodeFault write = Both.Fault(Image(Mov(0, 1), Store(size, 1, (short)(last + 1), 0), Exit()), new byte[16]);
        Assert.Equal((BytecodeFaultKind.InvalidWrite, 1, 1, (ulong)bytes), (write.Kind, write.Instruction, write.Register, write.Length));
        Assert.Equal(MemoryRegionKind.Context, write.NearestRegion.Kind);
        BytecodeFault before = Both.Fault(Image(Load(size, 0, 1, -1), Exit()), new byte[16]);
        Assert.Equal(bytes == 1 ? -1 : 0, before.Distance);
    }

    [Fact]
    public void AWriteBelowTheStackNamesItsDistance()
    {
        BytecodeFault fault = Both.Fault(Image(Mov(1, 7), Store(U64, 10, -520, 1), Exit()));
        Assert.Equal(-8, fault.Distance);
        Assert.Equal(
            $"write of 8 bytes at r10-520 (0x{fault.Address:x}) by instruction 1 (*(u64 *)(r10 - 520) = r1): "
                + "8 bytes before the stack frame of 512 bytes",
            fault.Text);
        Assert.StartsWith("test: write of 8 bytes", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void TheWholeFrameIsReachableAtConstantAndAtComputedDistances()
    {
        Outcome outcome = Both.Run(Image(
            StoreConstant(U64, 10, -512, 3),
            MovRegister(1, 10),
            Add(1, -512),
            Load(U64, 0, 1, 0),
            StoreConstant(U8, 1, 511, 9),
            Load(U8, 2, 10, -1),
            AddRegister(0, 2),
            Exit()));
        Assert.Equal((12UL, null), (outcome.R0, outcome.Fault));
    }

    [Theory]
    [InlineData(-513)]
    [InlineData(-511)]
    [InlineData(-7)]
    [InlineData(0)]
    [InlineData(4096)]
    public void AComputedStackAddressIsCheckedToo(int distance)
    {
        Outcome outcome = Both.Run(Image(MovRegister(1, 10), Add(1, distance), StoreConstant(U64, 1, 0, 1), Exit()));
        Assert.Equal(distance is not (< -512 or > -8), outcome.Fault is null);
    }

    [Fact]
    public void ANullPointerIsCalledOne()
    {
        BytecodeFault fault = Both.Fault(Image(Mov(1, 0), Load(U32, 0, 1, 4), Exit()));
        Assert.EndsWith("the address is null or next to it", fault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void AddressesThatWrapAroundAreRefused()
    {
        Assert.Equal(BytecodeFaultKind.InvalidRead, Both.Fault(Image(Mov(1, -1), Load(U64, 0, 1, 0), Exit()), new byte[16]).Kind);
        Assert.Equal(BytecodeFaultKind.InvalidRead, Both.Fault(Image(Mov(1, -8), Load(U64, 0, 1, 0), Exit()), new byte[16]).Kind);
    }

    [Fact]
    public void WhatAFaultFollowsHasHappenedAndWhatFollowsItHasNot()
    {
        Outcome outcome = Both.Run(
            Image(StoreConstant(U8, 1, 0, 1), StoreConstant(U8, 1, 9, 1), StoreConstant(U8, 1, 1, 1), Exit()), new byte[4]);
        Assert.Equal(("01000000", 1), (outcome.Memory, outcome.Fault!.Instruction));
    }
}
