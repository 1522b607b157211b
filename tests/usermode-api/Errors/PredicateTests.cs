using System.Reflection;
using KernelSim.EbpfCore;
using KernelSim.Nt;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Errors;

/// <summary>Callers ask an error what it is, and compare no numbers.</summary>
public class PredicateTests
{
    private static readonly PropertyInfo[] s_questions =
        [.. typeof(BpfException).GetProperties().Where(p => p.PropertyType == typeof(bool))];

    /// <summary>The question that each errno answers with yes; none for those that no caller tells apart.</summary>
    public static TheoryData<Errno, string?> Answers => new()
    {
        { Errno.None, null },
        { Errno.EPERM, nameof(BpfException.IsAccessDenied) },
        { Errno.ENOENT, nameof(BpfException.IsNotFound) },
        { Errno.ESRCH, null },
        { Errno.EIO, null },
        { Errno.EBADF, nameof(BpfException.IsBadDescriptor) },
        { Errno.ENOMEM, nameof(BpfException.IsOutOfMemory) },
        { Errno.EACCES, nameof(BpfException.IsAccessDenied) },
        { Errno.EFAULT, nameof(BpfException.IsBadAddress) },
        { Errno.EBUSY, nameof(BpfException.IsBusy) },
        { Errno.EEXIST, nameof(BpfException.AlreadyExists) },
        { Errno.EINVAL, nameof(BpfException.IsInvalidArgument) },
        { Errno.EMFILE, null },
        { Errno.ENOSPC, nameof(BpfException.IsFull) },
        { Errno.ENAMETOOLONG, null },
        { Errno.ENOBUFS, nameof(BpfException.IsBufferTooSmall) },
        { Errno.ENOTSUP, nameof(BpfException.IsNotSupported) },
        { Errno.EOTHER, null },
    };

    public static TheoryData<EbpfResult> Results => [.. Enum.GetValues<EbpfResult>()];

    [Fact]
    public void Every_errno_has_its_row() =>
        Assert.Equal(Enum.GetValues<Errno>().Order(), Answers.Select(row => row.Data.Item1).Order());

    [Theory]
    [MemberData(nameof(Answers))]
    public void An_errno_answers_one_question_with_yes_at_most(Errno errno, string? expected)
    {
        var exception = new BpfException("it failed", errno);

        Assert.Equal(expected is null ? [] : [expected], s_questions.Where(q => (bool)q.GetValue(exception)!).Select(q => q.Name));
        Assert.Equal(s_questions.Select(q => q.Name).Order(), Meanings().Select(m => m.Name["get_".Length..]).Order());
        Assert.All(Meanings(), m => Assert.Equal(m.Name == $"get_{expected}", (bool)m.Invoke(null, [errno])!));
    }

    [Theory]
    [MemberData(nameof(Results))]
    public void A_result_is_itself_and_no_other(EbpfResult result)
    {
        var exception = new BpfException("it failed", result);

        Assert.Equal([result], Enum.GetValues<EbpfResult>().Where(exception.Is));
        Assert.Equal(ResultConversions.ToErrno(result), exception.Errno);
        Assert.False(new BpfException("it failed", exception.Errno).Is(result));
    }

    [Fact]
    public void What_an_index_a_name_a_size_or_a_right_lacks_is_told_apart()
    {
        using var lab = new Lab();
        using var session = new BpfSession(lab.Process.Gate);
        using HashMap<uint, ulong> map = session.CreateHashMap<uint, ulong>("stats", 1);
        map[1] = 1;

        Assert.True(Failure(() => session.OpenHashMap<uint, ulong>(99)).IsNotFound);
        Assert.True(Failure(() => map.UpdateBatch([1], [2], EbpfMapOption.NoExist)).AlreadyExists);
        Assert.True(Failure(() => map.DeleteBatch([7])).Is(EbpfResult.KeyNotFound));
        Assert.True(Failure(() => session.CreateHashMap<uint, ulong>("none", 0)).IsInvalidArgument);

        using var guest = new BpfSession(lab.Machine.Processes.Create(new() { Administrator = false }).Gate);
        Assert.True(Failure(() => guest.CreateHashMap<uint, ulong>("m", 1)).IsAccessDenied);
    }

    [Fact]
    public void A_machine_without_memory_says_so()
    {
        using Machine machine = Machine.Boot(new MachineOptions { PoolLimit = 4 << 20 });
        machine.LoadDriver(new EbpfCoreDriver(), out _);
        using var session = new BpfSession(machine.Processes.Create().Gate);

        BpfException exception = Failure(() => session.CreateArrayMap<ulong>("huge", 1 << 20));

        Assert.True(exception.IsOutOfMemory, exception.Message);
    }

    [Fact]
    public void The_errno_of_a_raw_call_answers_too()
    {
        using var lab = new Lab();
        int queue = lab.CreateMap(BpfMapType.Queue, keySize: 0, maxEntries: 1);
        ulong value = lab.Put(1UL);

        Assert.True(lab.Library.close(77) < 0 && lab.Library.errno.IsBadDescriptor);
        Assert.True(lab.Library.bpf_map_get_next_key(queue, 0, value) < 0 && lab.Library.errno.IsNotSupported);
        Assert.True(lab.Library.bpf_map_lookup_elem(queue, 0, value) < 0 && lab.Library.errno.IsNotFound);
        Assert.Null(lab.Library.LastRefusal);
        Assert.Equal(0, lab.Library.bpf_map_update_elem(queue, 0, value, 0));
        Assert.True(lab.Library.bpf_map_update_elem(queue, 0, value, 0) < 0 && lab.Library.errno.IsFull);
        Assert.True(lab.Library.LastRefusal!.Is(CheckTable.MapCircularFull));
        Assert.True(lab.Library.LastRefusal.Is("map.queue.full"));
        Assert.True(lab.Library.LastRefusal.Is(EbpfResult.OutOfSpace));
        Assert.False(lab.Library.LastRefusal.Is(CheckTable.ApiDescriptor));
    }

    [Fact]
    public void A_refusal_is_its_check_by_row_by_id_and_by_code()
    {
        using var lab = new Lab();
        using var session = new BpfSession(lab.Process.Gate);
        using HashMap<uint, ulong> map = session.CreateHashMap<uint, ulong>("stats", 4);

        BpfException refused = Failure(() => map.UpdateBatch([1, 2], [1]));

        Assert.Equal([CheckTable.TypedValuesLength], CheckTable.All.Where(refused.Is));
        Assert.True(refused.Is("typed.values_length") && refused.Is("KS1411") && refused.Is("ks1411"));
        Assert.Equal((true, EbpfResult.InvalidArgument), (refused.Is(EbpfResult.InvalidArgument), refused.Result));
        Assert.False(refused.Is("typed.open.type"));
        Assert.DoesNotContain(CheckTable.All, Failure(() => map.DeleteBatch([7])).Is);
    }

    [Fact]
    public void A_name_that_no_check_has_is_an_error_and_not_a_no()
    {
        var exception = new BpfException("it failed", Errno.EINVAL);

        ArgumentException wrong = Assert.Throws<ArgumentException>(() => exception.Is("typed.value_length"));
        Assert.StartsWith("'typed.value_length' given, expected the id of a check, such as map.create.max_entries, or its code.", wrong.Message);
        Assert.Throws<ArgumentNullException>(() => exception.Is((string)null!));
        Assert.Throws<ArgumentNullException>(() => exception.Is((Check)null!));
    }

    private static IEnumerable<MethodInfo> Meanings() =>
        typeof(ErrnoPredicates).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(m => m.ReturnType == typeof(bool));

    private static BpfException Failure(Action call) => Assert.Throws<BpfException>(call);

    private static BpfException Failure(Func<object> call) => Assert.Throws<BpfException>(call);
}
