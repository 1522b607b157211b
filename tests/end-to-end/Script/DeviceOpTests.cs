using System.Text.Json;
using KernelSim.EndToEnd.Tests.Drivers;

namespace KernelSim.EndToEnd.Tests.Script;

/// <summary>The calls on devices: handles, requests, pending requests, cancellation.</summary>
public sealed class DeviceOpTests
{
    private const string Open = """{"op":"create_file","as":"d","path":"\\\\.\\Echo"}""";

    [Theory]
    [InlineData("\"0x80002000\"")]
    [InlineData("2147491840")]
    [InlineData("\"CTL_CODE(0x8000, 0x800, METHOD_BUFFERED, FILE_ANY_ACCESS)\"")]
    [InlineData("\" CTL_CODE(32768,2048,0,FILE_SPECIAL_ACCESS) \"")]
    public void A_control_code_is_a_number_or_text(string code)
    {
        JsonElement answer = Results($$"""{"op":"device_io_control","handle":"d","code":{{code}},"input":"01020304","output_size":8}""")[0];
        LabScript.Answers("""{"ret":0,"status":"STATUS_SUCCESS","information":4,"output":"01020304"}""", answer);
    }

    [Theory]
    [InlineData("\"2147491840\"")]
    [InlineData("\"0x\"")]
    [InlineData("\"0x100000000\"")]
    [InlineData("4294967296")]
    [InlineData("-1")]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\"CTL_CODE(0x8000, 0x1000, METHOD_BUFFERED, FILE_ANY_ACCESS)\"")]
    [InlineData("\"CTL_CODE(0x8000, 0x800, METHOD_BUFFERED)\"")]
    [InlineData("\"CTL_CODE(0x8000, 0x800, BUFFERED, 0)\"")]
    [InlineData("\"CTL_CODE(0x10000, 0x800, 0, 0)\"")]
    public void Any_other_control_code_is_wrong_usage(string code)
    {
        ToolRun run = LabScript.Run([$$"""{"op":"device_io_control","handle":4,"code":{{code}}}"""]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("device_io_control: field 'code': ", run.Error, StringComparison.Ordinal);
        Assert.Contains("given, expected a number, \"0x80002000\", or \"CTL_CODE(", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Access_bits_may_be_combined_as_in_a_header()
    {
        JsonElement answer = Results(
            """{"op":"device_io_control","handle":"d","code":"CTL_CODE(FILE_DEVICE_UNKNOWN, 2, 0, FILE_READ_DATA | FILE_WRITE_DATA)"}""")[0];
        Assert.Equal("STATUS_INVALID_DEVICE_REQUEST", answer.GetProperty("status").GetString());
        Assert.Equal(0, answer.GetProperty("information").GetInt32());
    }

    [Fact]
    public void A_pending_request_is_looked_at_released_and_read()
    {
        IReadOnlyList<JsonElement> answers = Results(
            """{"op":"device_io_control","as":"r","handle":"d","code":"0x80002004","input":"01020304","output_size":4}""",
            """{"op":"get_overlapped_result","request":"r"}""",
            """{"op":"device_io_control","handle":"d","code":"0x80002008"}""",
            """{"op":"get_overlapped_result","request":"r","timeout_ms":1000}""",
            """{"op":"get_overlapped_result","request":"r"}""");

        LabScript.Answers("""{"ret":0,"status":"STATUS_PENDING","request":1}""", answers[0]);
        LabScript.Answers("""{"ret":0,"status":"STATUS_PENDING"}""", answers[1]);
        LabScript.Answers("""{"ret":0,"status":"STATUS_SUCCESS","information":0,"output":""}""", answers[2]);
        LabScript.Answers("""{"ret":0,"status":"STATUS_SUCCESS","information":4,"output":"01020304"}""", answers[3]);
        LabScript.Answers("""{"ret":-9,"errno":"EBADF","status":"STATUS_INVALID_HANDLE"}""", answers[4]);
    }

    [Theory]
    [InlineData("cancel_io")]
    [InlineData("close_handle")]
    public void Pending_requests_end_cancelled_when_they_are_cancelled_or_the_handle_closes(string op)
    {
        IReadOnlyList<JsonElement> answers = Results(
            """{"op":"device_io_control","as":"a","handle":"d","code":"0x80002004","input":"01020304","output_size":4}""",
            """{"op":"device_io_control","handle":"d","code":"0x80002004","input":"05060708","output_size":4}""",
            $$"""{"op":"{{op}}","handle":"d"}""",
            """{"op":"get_overlapped_result","request":2}""",
            """{"op":"get_overlapped_result","request":"a"}""");

        LabScript.Answers("""{"ret":0,"status":"STATUS_SUCCESS"}""", answers[2]);
        Assert.All(answers.Skip(3), a => Assert.Equal("STATUS_CANCELLED", a.GetProperty("status").GetString()));
        Assert.All(answers.Skip(3), a => Assert.Equal("", a.GetProperty("output").GetString()));
    }

    [Fact]
    public void A_request_that_waits_for_a_timer_ends_when_the_clock_advances()
    {
        IReadOnlyList<JsonElement> answers = LabScript.Results(
            [
                """{"op":"create_file","as":"d","path":"\\Device\\Mailbox"}""",
                """{"op":"device_io_control","as":"r","handle":"d","code":"0x80002004","input":"14000000","output_size":256}""",
                """{"op":"advance_clock","us":20000}""",
                """{"op":"get_overlapped_result","request":"r"}""",
            ],
            "--driver",
            SampleFile.Mailbox);

        Assert.Equal("STATUS_IO_TIMEOUT", answers[3].GetProperty("status").GetString());
    }

    [Fact]
    public void A_script_may_end_with_requests_that_are_pending()
    {
        IReadOnlyList<JsonElement> answers = Results(
            """{"op":"device_io_control","handle":"d","code":"0x80002004","input":"01020304","output_size":4}""");
        Assert.Equal("STATUS_PENDING", Assert.Single(answers).GetProperty("status").GetString());
    }

    [Fact]
    public void A_method_other_than_buffered_is_refused_by_the_io_manager_with_its_check()
    {
        JsonElement answer = Results("""{"op":"device_io_control","handle":"d","code":"CTL_CODE(0x8000, 0x800, METHOD_NEITHER, 0)"}""")[0];

        Assert.Equal("io.method", answer.GetProperty("check").GetString());
        Assert.Equal((3, 0), (answer.GetProperty("given").GetInt32(), answer.GetProperty("expected").GetInt32()));
        Assert.Equal("STATUS_NOT_SUPPORTED", answer.GetProperty("status").GetString());
    }

    [Fact]
    public void A_check_that_the_driver_declares_is_shown_as_any_other()
    {
        using TempFolder folder = new();
        string file = DriverCompiler.Compile(folder, "Mine", DriverCompiler.Driver(
            "Mine",
            control: """
                bool passed = current.Require(irp.InputLength >= 12, s_length, "mine:control", irp.InputLength, 12);
                NtStatus status = passed ? NtStatus.Success : current.Refused;
                current.Machine.Io.CompleteRequest(current, irp, status, 0);
                return status;
                """,
            members: """
                private static readonly Check s_length =
                    new(9001, "mine.length", "Long enough.", "length >= 12", NtStatus.InvalidParameter, "Send more.");
                """));

        JsonElement answer = LabScript.Results(
            [
                """{"op":"create_file","as":"d","path":"\\\\.\\Mine"}""",
                """{"op":"device_io_control","handle":"d","code":"0x80002000","input":"01"}""",
            ],
            "--driver",
            file)[1];

        LabScript.Answers(
            """{"ret":-22,"errno":"EINVAL","check":"mine.length","given":1,"expected":12,"status":"STATUS_INVALID_PARAMETER","""
            + "\"information\":0,\"output\":\"\"}",
            answer);
    }

    [Fact]
    public void A_warning_has_an_errno_and_an_output()
    {
        using TempFolder folder = new();
        string file = DriverCompiler.Compile(folder, "Mine", DriverCompiler.Driver("Mine", control: """
            current.Machine.Io.CompleteRequest(current, irp, NtStatus.BufferOverflow, 2);
            return NtStatus.BufferOverflow;
            """));

        JsonElement answer = LabScript.Results(
            [
                """{"op":"create_file","as":"d","path":"\\\\.\\Mine"}""",
                """{"op":"device_io_control","handle":"d","code":"0x80002000","input":"0102","output_size":2}""",
            ],
            "--driver",
            file)[1];

        Assert.True(answer.GetProperty("ret").GetInt32() < 0);
        Assert.Equal(("STATUS_BUFFER_OVERFLOW", "0102"), (answer.GetProperty("status").GetString(), answer.GetProperty("output").GetString()));
    }

    [Theory]
    [InlineData("""{"op":"create_file","path":"\\\\.\\Nobody"}""", "STATUS_OBJECT_NAME_NOT_FOUND")]
    [InlineData("""{"op":"create_file","path":null}""", "STATUS_OBJECT_NAME_INVALID")]
    [InlineData("""{"op":"create_file","path":""}""", "STATUS_OBJECT_NAME_INVALID")]
    [InlineData("""{"op":"device_io_control","handle":1234,"code":0}""", "STATUS_INVALID_HANDLE")]
    [InlineData("""{"op":"device_io_control","handle":-1,"code":0}""", "STATUS_INVALID_HANDLE")]
    [InlineData("""{"op":"cancel_io","handle":1234}""", "STATUS_INVALID_HANDLE")]
    [InlineData("""{"op":"close_handle","handle":1234}""", "STATUS_INVALID_HANDLE")]
    [InlineData("""{"op":"get_overlapped_result","request":1}""", "STATUS_INVALID_HANDLE")]
    public void What_is_not_there_has_a_status(string line, string status)
    {
        JsonElement answer = Results(line)[0];
        Assert.Equal(status, answer.GetProperty("status").GetString());
        Assert.True(answer.GetProperty("ret").GetInt32() < 0);
        Assert.True(answer.TryGetProperty("errno", out _));
    }

    [Fact]
    public void A_handle_that_could_not_be_opened_is_an_invalid_handle_afterwards()
    {
        IReadOnlyList<JsonElement> answers = Results(
            """{"op":"create_file","as":"n","path":"\\\\.\\Nobody"}""",
            """{"op":"device_io_control","handle":"n","code":0}""");

        Assert.Equal("STATUS_INVALID_HANDLE", answers[1].GetProperty("status").GetString());
    }

    [Fact]
    public void An_output_that_the_program_cannot_allocate_is_not_asked_for()
    {
        ToolRun run = LabScript.Run(
            ["""{"op":"device_io_control","handle":4,"code":0,"output_size":4294967295}"""], "--driver", SampleFile.Echo);

        LabScript.Answers("""{"ret":-12,"errno":"ENOMEM"}""", Assert.Single(run.Json));
        Assert.Contains("for the output", run.Error, StringComparison.Ordinal);
    }

    private static IReadOnlyList<JsonElement> Results(params string[] lines) =>
        [.. LabScript.Results([Open, .. lines], "--driver", SampleFile.Echo).Skip(1)];
}
