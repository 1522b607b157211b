using KernelSim.Debugger.Structures;
using KernelSim.Debugger.Targets;

namespace KernelSim.Debugger.Tests;

public class MachineDirectoryTests
{
    [Fact]
    public void Another_schema_is_refused_before_anything_else_is_read()
    {
        using FakeTarget target = new() { Schema = 99 };

        TargetReadException refused = Assert.Throws<TargetReadException>(() => MachineDirectory.Find(target));

        Assert.Equal("dump 'fake' has debugger data of version 99, expected 1: use the kernelsim of the version that runs there", refused.Message);
    }

    [Fact]
    public void A_process_without_the_simulator_is_refused()
    {
        using FakeTarget target = new();

        TargetReadException refused = Assert.Throws<TargetReadException>(() => MachineDirectory.Find(target));

        Assert.Equal("dump 'fake' given, expected one with a machine: KernelSim.Nt is not loaded in it", refused.Message);
    }

    /// <summary>A target that has nothing but a schema, or not even that.</summary>
    private sealed class FakeTarget : IDebugTarget
    {
        public long? Schema { get; init; }

        public string Name => "dump 'fake'";

        public IReadOnlyList<string> Notes => [];

        public bool IsLoaded(string assembly) => Schema is not null;

        public IReadOnlyList<ITargetObject> FindStatics(string assembly, string type) => Schema is { } schema ? [new FakeBlock(schema)] : [];

        public ITargetObject? FromHandle(ulong handle) => null;

        public ITargetObject? ObjectAt(ulong address) => null;

        public bool TryRead(ulong address, Span<byte> bytes) => false;

        public void Dispose()
        {
        }
    }

    private sealed class FakeBlock(long schema) : ITargetObject
    {
        public ulong Address => 0;

        public string TypeName => "KdDebuggerDataBlock";

        public IReadOnlyList<TargetField> Fields => [];

        public bool Is(string typeName) => false;

        public long ReadInteger(string field) => field == "Schema" ? schema : throw new TargetReadException($"{field} was read");

        public string? ReadString(string field) => throw new TargetReadException($"{field} was read");

        public ITargetObject? ReadObject(string field) => throw new TargetReadException($"{field} was read");

        public ITargetObject ReadStruct(string field) => throw new TargetReadException($"{field} was read");

        public ITargetArray? ReadArray(string field) => throw new TargetReadException($"{field} was read");

        public string? ReadMethod(string field) => throw new TargetReadException($"{field} was read");
    }
}
