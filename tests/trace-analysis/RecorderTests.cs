using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceAnalysis.Recording;
using KernelSim.Tracing;

namespace KernelSim.TraceAnalysis.Tests;

/// <summary>Both recorders against the real providers. In one collection: a session sees the whole host process.</summary>
[Collection("recorders")]
public sealed class RecorderTests
{
    public static TheoryData<bool> BothRecorders => [true, false];

    [Theory]
    [MemberData(nameof(BothRecorders))]
    public void Every_field_comes_back_as_it_was_written(bool inMemory)
    {
        using TraceRecorder recorder = Start(inMemory);
        Story story = new Story().Call("bpf_map_update_batch", 8).Values(96)
            .Ioctl(s => s.Fetch(2)).Refuse(96, 512).Fault("write", 0xffff_ffff_ffff_fff0).Return(-22, "EINVAL", 8);

        RequestView request = recorder.Stop().Request(story.Id)!;

        Assert.Equal("bpf_map_update_batch", request.Start!.Function);
        Assert.Equal((3, 8L), (request.Start.Descriptor, request.Start.Count));
        Assert.Equal(-1, request.Start.Processor);
        Assert.Equal((-22, "EINVAL"), (request.Stop!.Result, request.Stop.Errno));
        Assert.Equal([("keys", 0x1000UL, 32L), ("values", 0x2000UL, 96L)], request.Buffers.Select(b => (b.What, b.Address, b.Bytes)));
        IoctlView ioctl = Assert.Single(request.Ioctls);
        Assert.Equal(
            (8, "map_get_next_key_value_batch", 17L, 552L),
            (ioctl.Start.ProcessId, ioctl.Start.Operation, ioctl.Start.InputLength, ioctl.Start.OutputLength));
        Assert.Equal(("STATUS_SUCCESS", 552L), (ioctl.Stop!.Status, ioctl.Stop.Information));
        Assert.Equal([(0L, 0xffff_8000_0000_0000UL), (1L, 0xffff_8000_0000_0040UL)], request.Copies.Select(c => (c.Element, c.Source)));
        Assert.Equal((96L, 512L, false), (request.RefusedCheck!.Given, request.RefusedCheck.Expected, request.RefusedCheck.Passed));
        Assert.Equal("library:lookup_batch", request.Refusal!.Site);
        Assert.Equal(("write", 0xffff_ffff_ffff_fff0UL, 64L), (request.Fault!.Access, request.Fault.Address, request.Fault.Length));
    }

    [Theory]
    [MemberData(nameof(BothRecorders))]
    public void Events_stay_in_the_order_in_which_they_were_written(bool inMemory)
    {
        using TraceRecorder recorder = Start(inMemory);
        Story story = new Story().Call().Ioctl(s => s.Fetch(500)).Return();

        TraceLog log = recorder.Stop();

        RequestView request = log.Request(story.Id)!;
        Assert.Equal(Enumerable.Range(0, 500).Select(i => (long)i), request.Copies.Select(c => c.Element));
        Assert.Equal(request.Events.OrderBy(e => e.Position), request.Events);
        Assert.IsType<ApiCallStartEvent>(request.Events[0]);
        Assert.IsType<ApiCallStopEvent>(request.Events[^1]);
        Assert.Equal(0, log.LostEvents);
    }

    [Theory]
    [MemberData(nameof(BothRecorders))]
    public void An_event_without_a_type_of_its_own_keeps_its_payload(bool inMemory)
    {
        using TraceRecorder recorder = Start(inMemory);
        ulong id = new Story().Id;
        KernelEventSource.Log.DriverLoad(id, 2, "ebpfcore", "STATUS_SUCCESS");

        OtherEvent other = Assert.IsType<OtherEvent>(Assert.Single(recorder.Stop().Request(id)!.Events));

        Assert.Equal("DriverLoad", other.Header.Name);
        Assert.Equal("KernelSim-Kernel", other.Header.Provider);
        Assert.Equal(2, other.Processor);
        Assert.Equal("ebpfcore", other.Header.Payload.Text("name"));
        Assert.Equal(("status", (object)"STATUS_SUCCESS"), other.Header.Payload[3]);
    }

    [Theory]
    [MemberData(nameof(BothRecorders))]
    public void Nothing_is_recorded_after_stop(bool inMemory)
    {
        using TraceRecorder recorder = Start(inMemory);
        TraceLog log = recorder.Stop();

        Story late = new Story().Call();

        Assert.Null(log.Request(late.Id));
    }

    [Fact]
    public void A_named_file_is_kept_and_reads_the_same_again()
    {
        using TempFolder folder = new();
        string path = Path.Combine(folder.Path, "kept.nettrace");
        Story story;
        TraceLog first;
        using (TraceRecorder recorder = TraceRecorder.Start(path))
        {
            story = new Story().Call().Fetch(3).Return();
            first = recorder.Stop();
            Assert.Equal(path, recorder.Path);
            Assert.Null(recorder.Note);
        }

        TraceLog second = TraceReader.Read(path);

        Assert.Equal(
            first.Request(story.Id)!.Events.Select(e => (e.Header.Name, e.Header.TimeUs)),
            second.Request(story.Id)!.Events.Select(e => (e.Header.Name, e.Header.TimeUs)));
    }

    [Fact]
    public void A_recording_has_no_stacks_of_its_threads()
    {
        using TraceRecorder recorder = TraceRecorder.Start();
        new Story().Call().Fetch(3).Return();
        recorder.Stop();
        ReadOnlySpan<byte> file = File.ReadAllBytes(recorder.Path!);

        ReadOnlySpan<byte> name = "StackBlock"u8;
        int end = file.IndexOf(name) + name.Length;
        Assert.NotEqual(name.Length - 1, end);

        // The end of the name's object and the size, aligned, come before: the first number, the number of stacks, the size of each.
        ReadOnlySpan<byte> block = file[((end + 1 + sizeof(int) + 3) & ~3)..];
        int stacks = BitConverter.ToInt32(block[sizeof(int)..]);
        Assert.Equal(new byte[stacks * sizeof(int)], block.Slice(2 * sizeof(int), stacks * sizeof(int)).ToArray());
    }

    [Fact]
    public void An_unnamed_file_is_gone_afterwards()
    {
        string path;
        using (TraceRecorder recorder = TraceRecorder.Start())
        {
            path = recorder.Path!;
            recorder.Stop();
            Assert.True(File.Exists(path));
        }

        Assert.False(File.Exists(path));
    }

    [Fact]
    public void A_file_that_cannot_be_made_is_an_io_error()
    {
        using TempFolder folder = new();
        Assert.ThrowsAny<IOException>(() => TraceRecorder.Start(Path.Combine(folder.Path, "no-such-folder", "trace.nettrace")));
    }

    [Fact]
    public void A_file_that_was_cut_off_anywhere_says_so_or_is_refused()
    {
        using TraceRecorder recorder = TraceRecorder.Start();
        new Story().Call().Ioctl(s => s.Fetch(20)).Return();
        TraceLog whole = recorder.Stop();
        byte[] bytes = File.ReadAllBytes(recorder.Path!);

        for (int length = 0; length < bytes.Length; length += 61)
        {
            using MemoryStream cut = new(bytes, 0, length);
            try
            {
                TraceLog part = TraceReader.Read(cut);
                Assert.InRange(part.Events.Count, 1, whole.Events.Count);
                Assert.True(part.IsCutOff);
            }
            catch (InvalidDataException)
            {
                // Cut off before the first event.
            }
        }

        Assert.False(whole.IsCutOff);
    }

    [Fact]
    public void Bytes_that_are_no_trace_are_refused()
    {
        using MemoryStream stream = new("this is no trace at all, whatever its name says"u8.ToArray());

        Assert.Throws<InvalidDataException>(() => TraceReader.Read(stream));
    }

    [Fact]
    public void An_empty_file_is_refused()
    {
        using MemoryStream stream = new();

        Assert.Throws<InvalidDataException>(() => TraceReader.Read(stream));
    }

    private static TraceRecorder Start(bool inMemory) => inMemory ? TraceRecorder.StartInMemory() : TraceRecorder.Start();
}
