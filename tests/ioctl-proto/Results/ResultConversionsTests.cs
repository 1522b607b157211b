using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace KernelSim.Protocol.Tests;

public sealed class ResultConversionsTests
{
    public static TheoryData<int> Values => [.. Reference.ResultRows.Select(r => r.Int("value"))];

    public static TheoryData<string> NamedStatuses =>
        [.. NamedValues<NtStatus>().Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(NamedStatuses))]
    [InlineData("0xC0DE0001")]
    public void A_status_is_parsed_from_its_name(string name)
    {
        Assert.True(NtStatus.TryParse(name, out NtStatus status));
        Assert.Equal(name, status.Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0x")]
    [InlineData("STATUS_OF_NOTHING")]
    public void What_is_no_status_is_not_parsed(string name) => Assert.False(NtStatus.TryParse(name, out _));

    [Fact]
    public void There_are_as_many_results_as_the_reference_has()
    {
        Assert.Equal(Reference.Results.Int("count"), ResultConversions.ResultCount);
        Assert.Equal(Reference.Results.Int("count"), Enum.GetValues<EbpfResult>().Length);
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void A_result_travels_as_the_reference_says(int value)
    {
        JsonElement row = Reference.ResultRows.Single(r => r.Int("value") == value);
        var result = (EbpfResult)value;
        Assert.Equal(row.Text("name"), ResultConversions.NameOf(result));
        Assert.Equal(row.Text("name"), "EBPF_" + SnakeCase(Enum.GetName(result)!));

        JsonElement expectedStatus = row.GetProperty("ntstatus");
        NtStatus status = ResultConversions.ToNtStatus(result);
        Assert.Equal(expectedStatus.Text("hex"), "0x" + status.Value.ToString("X8", CultureInfo.InvariantCulture));
        Assert.Equal(expectedStatus.Text("name"), status.Name);
        Assert.Equal(expectedStatus.Int("signed"), (int)status.Value);
        Assert.Equal(expectedStatus.Bool("nt_success"), status.IsSuccess);
        Assert.Equal(expectedStatus.Text("severity") == "warning", status.IsWarning);
        Assert.Equal(expectedStatus.Text("severity") == "error", status.IsError);
        Assert.Equal(row.Bool("reply_buffer_copied_back"), !status.IsError);

        JsonElement expectedError = row.GetProperty("win32");
        Win32Error error = ResultConversions.ToWin32Error(status);
        Assert.Equal((uint)expectedError.Int("value"), error.Value);
        Assert.Equal(expectedError.Text("name"), error.Name);

        Assert.Equal(row.Text("decode_table_result"), ResultConversions.NameOf(ResultConversions.ToEbpfResult(error)));
        Assert.Equal(row.Text("seen_through_ioctl"), ResultConversions.NameOf(ResultConversions.SeenThroughIoctl(result)));

        Errno errno = ResultConversions.ToErrno(result);
        Assert.Equal(row.GetProperty("errno").Int("msvc_value"), (int)errno);
        Assert.Equal(row.GetProperty("errno").TextOrNull("name") ?? "0", ResultConversions.NameOf(errno));
        Assert.Equal(row.Int("libbpf_return"), -(int)errno);
    }

    [Fact]
    public void The_library_decodes_every_win32_error_as_its_table_does_and_fails_for_all_others()
    {
        JsonElement table = Reference.Results.GetProperty("win32_decode_table");
        string other = table.Text("default");
        for (uint error = 0; error < 20_000; error++)
        {
            string expected = table.TextOrNull(error.ToString(CultureInfo.InvariantCulture)) ?? other;
            Assert.Equal(expected, ResultConversions.NameOf(ResultConversions.ToEbpfResult(new Win32Error(error))));
        }

        Assert.Equal(EbpfResult.Failed, ResultConversions.ToEbpfResult(new Win32Error(uint.MaxValue)));
    }

    [Fact]
    public void Every_result_shows_as_the_errno_of_the_map_and_all_others_as_EOTHER()
    {
        JsonElement map = Reference.Results.GetProperty("errno_map");
        foreach (EbpfResult result in Enum.GetValues<EbpfResult>())
        {
            string expected = map.TextOrNull(ResultConversions.NameOf(result)) ?? map.Text("default");
            Assert.Equal(expected, ResultConversions.NameOf(ResultConversions.ToErrno(result)));
        }

        Assert.Equal(Errno.EOTHER, ResultConversions.ToErrno((EbpfResult)99));
    }

    [Fact]
    public void Statuses_that_only_the_driver_gives_are_decoded_as_the_reference_says()
    {
        foreach (JsonElement row in Reference.Results.GetProperty("driver_only_statuses").EnumerateArray())
        {
            NtStatus status = NamedValues<NtStatus>().Single(s => s.Name == row.Text("status"));
            Assert.Equal(Convert.ToUInt32(row.Text("hex"), 16), status.Value);
            Assert.Equal((uint)row.Int("win32"), ResultConversions.ToDeviceIoControlError(status).Value);
            EbpfResult seen = ResultConversions.SeenThroughIoctl(status);
            Assert.Equal(row.Text("decoded").Split(' ')[0], ResultConversions.NameOf(seen));
            Assert.Equal(row.Text("errno"), ResultConversions.NameOf(ResultConversions.ToErrno(seen)));
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(35)]
    [InlineData(36)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void A_number_that_is_no_result_becomes_STATUS_UNSUCCESSFUL(int value) =>
        Assert.Equal(NtStatus.Unsuccessful, ResultConversions.ToNtStatus((EbpfResult)value));

    [Theory]
    [MemberData(nameof(NamedStatuses))]
    public void Every_status_with_a_name_has_a_win32_error_with_a_name(string name)
    {
        NtStatus status = NamedValues<NtStatus>().Single(s => s.Name == name);
        Assert.False(name.StartsWith("0x", StringComparison.Ordinal));
        Win32Error error = ResultConversions.ToWin32Error(status);
        Assert.NotEqual(Win32Error.MrMidNotFound, error);
        Assert.Contains(error, NamedValues<Win32Error>());
    }

    [Theory]
    [InlineData("STATUS_OBJECT_NAME_NOT_FOUND", 2)]
    [InlineData("STATUS_NO_SUCH_DEVICE", 2)]
    [InlineData("STATUS_OBJECT_TYPE_MISMATCH", 6)]
    [InlineData("STATUS_FILE_CLOSED", 6)]
    [InlineData("STATUS_PROCESS_IS_TERMINATING", 5)]
    [InlineData("STATUS_DELETE_PENDING", 5)]
    [InlineData("STATUS_IO_TIMEOUT", 121)]
    [InlineData("STATUS_BUFFER_TOO_SMALL", 122)]
    [InlineData("STATUS_OBJECT_NAME_INVALID", 123)]
    [InlineData("STATUS_OBJECT_NAME_COLLISION", 183)]
    [InlineData("STATUS_MORE_PROCESSING_REQUIRED", 234)]
    [InlineData("STATUS_DATATYPE_MISALIGNMENT", 998)]
    [InlineData("STATUS_IMAGE_ALREADY_LOADED", 1056)]
    [InlineData("STATUS_DRIVER_INTERNAL_ERROR", 1117)]
    [InlineData("STATUS_QUOTA_EXCEEDED", 1816)]
    [InlineData("STATUS_TOO_MANY_OPENED_FILES", 4)]
    public void Statuses_of_the_kernel_have_the_win32_errors_that_Windows_gives_them(string name, uint error) =>
        Assert.Equal(error, ResultConversions.ToWin32Error(NamedValues<NtStatus>().Single(s => s.Name == name)).Value);

    [Theory]
    [InlineData(0xC0DEC0DEu)]
    [InlineData(0x00000104u)]
    [InlineData(0xFFFFFFFFu)]
    public void A_status_without_a_name_becomes_ERROR_MR_MID_NOT_FOUND(uint status)
    {
        Assert.Equal(317u, ResultConversions.ToWin32Error(new NtStatus(status)).Value);
        Assert.StartsWith("0x", new NtStatus(status).Name, StringComparison.Ordinal);
    }

    [Fact]
    public void DeviceIoControl_returns_true_for_every_status_that_is_no_error_except_pending()
    {
        Assert.Equal(Win32Error.Success, ResultConversions.ToDeviceIoControlError(NtStatus.ObjectNameExists));
        Assert.Equal(Win32Error.Success, ResultConversions.ToDeviceIoControlError(NtStatus.Timeout));
        Assert.Equal(Win32Error.IoPending, ResultConversions.ToDeviceIoControlError(NtStatus.Pending));
        Assert.Equal(Win32Error.MoreData, ResultConversions.ToDeviceIoControlError(NtStatus.BufferOverflow));
        Assert.Equal(Win32Error.InvalidParameter, ResultConversions.ToDeviceIoControlError(NtStatus.InvalidParameter));
    }

    [Theory]
    [InlineData("EBPF_KEY_NOT_FOUND", EbpfResult.KeyNotFound)]
    [InlineData("key_not_found", EbpfResult.KeyNotFound)]
    [InlineData("EBPF_SUCCESS", EbpfResult.Success)]
    public void A_result_is_found_by_its_name(string name, EbpfResult expected)
    {
        Assert.True(ResultConversions.TryParse(name, out EbpfResult result));
        Assert.Equal(expected, result);
    }

    [Theory]
    [InlineData("EINVAL", Errno.EINVAL)]
    [InlineData("enoent", Errno.ENOENT)]
    [InlineData("22", Errno.EINVAL)]
    [InlineData("-22", Errno.EINVAL)]
    [InlineData("EOTHER", Errno.EOTHER)]
    public void An_errno_is_found_by_its_name_or_number(string name, Errno expected)
    {
        Assert.True(ResultConversions.TryParse(name, out Errno errno));
        Assert.Equal(expected, errno);
    }

    [Theory]
    [InlineData("")]
    [InlineData("EBPF_")]
    [InlineData("EBPF_KEY")]
    [InlineData("EWHAT")]
    [InlineData("None")]
    [InlineData("EPERM, ENOENT")]
    [InlineData("7777")]
    public void A_name_that_nothing_has_is_not_found(string name)
    {
        Assert.False(ResultConversions.TryParse(name, out EbpfResult _));
        Assert.False(ResultConversions.TryParse(name, out Errno _));
    }

    [Fact]
    public void Conversions_allocate_nothing()
    {
        int sum = ConvertAll();
        long before = GC.GetAllocatedBytesForCurrentThread();
        int again = ConvertAll();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(sum, again);
    }

    private static int ConvertAll()
    {
        int sum = 0;
        for (int value = -1; value <= ResultConversions.ResultCount; value++)
        {
            EbpfResult seen = ResultConversions.SeenThroughIoctl((EbpfResult)value);
            sum += (int)ResultConversions.ToErrno(seen) + ResultConversions.NameOf(EbpfResult.KeyNotFound).Length;
        }

        return sum;
    }

    private static IEnumerable<T> NamedValues<T>() => typeof(T).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(f => f.FieldType == typeof(T))
        .Select(f => (T)f.GetValue(null)!);

    private static string SnakeCase(string name) =>
        string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? "_" + c : char.ToUpperInvariant(c).ToString()));
}
