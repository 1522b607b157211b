using System.Reflection;
using System.Text.RegularExpressions;
using KernelSim.Protocol.Checks;

namespace KernelSim.Protocol.Tests;

public sealed partial class CheckTableTests
{
    public static TheoryData<int> Numbers => [.. CheckTable.All.Select(c => c.Number)];

    [Fact]
    public void Every_row_has_a_number_and_an_id_of_its_own()
    {
        Assert.NotEmpty(CheckTable.All);
        Assert.Equal(CheckTable.All.Count, CheckTable.All.Select(c => c.Number).Distinct().Count());
        Assert.Equal(CheckTable.All.Count, CheckTable.All.Select(c => c.Id).Distinct().Count());
        Assert.Equal(CheckTable.All.OrderBy(c => c.Number), CheckTable.All);
    }

    [Fact]
    public void Every_check_declared_in_the_table_is_listed()
    {
        FieldInfo[] declared = [.. typeof(CheckTable).GetFields().Where(f => f.FieldType.IsAssignableTo(typeof(Check)))];
        Assert.Equal(CheckTable.All.Count, declared.Length);
        Assert.All(declared, f => Assert.Contains((Check)f.GetValue(null)!, CheckTable.All));
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_row_says_all_that_somebody_who_was_refused_needs(int number)
    {
        Check check = CheckTable.Find(number)!;
        Assert.InRange(number, 1000, 4999);
        Assert.Matches(IdForm(), check.Id);
        Assert.Matches(SentenceForm(), check.Text);
        Assert.False(string.IsNullOrWhiteSpace(check.Formula));
        Assert.Matches(SentenceForm(), check.Fix);
        Assert.NotEqual(EbpfResult.Success, check.Result);
        Assert.Equal($"KS{number}", check.Code);
        Assert.Equal($"KS{number} {check.Id}", check.ToString());
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_row_is_found_by_number_code_and_id(int number)
    {
        Check check = CheckTable.Find(number)!;
        Assert.Same(check, CheckTable.Find(check.Id));
        Assert.Same(check, CheckTable.Find(check.Code));
        Assert.Same(check, CheckTable.Find(check.Code.ToLowerInvariant()));
    }

    [Fact]
    public void What_no_row_has_is_not_found()
    {
        Assert.Null(CheckTable.Find(0));
        Assert.Null(CheckTable.Find("validator"));
        Assert.Null(CheckTable.Find("KS0"));
    }

    [Theory]
    [InlineData(2001, "driver.control_code", EbpfResult.InvalidObject)]
    [InlineData(2002, "driver.input.length", EbpfResult.InvalidArgument)]
    [InlineData(2003, "driver.input.buffer", EbpfResult.InvalidArgument)]
    [InlineData(2004, "driver.input.header", EbpfResult.InvalidArgument)]
    [InlineData(2005, "driver.operation.id", EbpfResult.OperationNotSupported)]
    [InlineData(2006, "driver.operation.policy", EbpfResult.BlockedByPolicy)]
    [InlineData(2007, "driver.operation.handler", EbpfResult.OperationNotSupported)]
    [InlineData(2008, "driver.privilege", EbpfResult.AccessDenied)]
    [InlineData(2009, "driver.output.buffer", EbpfResult.InvalidArgument)]
    [InlineData(2010, "driver.output.length", EbpfResult.Failed)]
    [InlineData(2012, "driver.message.max", EbpfResult.InvalidArgument)]
    [InlineData(3001, "core.operation.id", EbpfResult.OperationNotSupported)]
    [InlineData(3002, "core.operation.handler", EbpfResult.BlockedByPolicy)]
    [InlineData(3003, "core.request.present", EbpfResult.InvalidArgument)]
    [InlineData(3004, "core.request.length", EbpfResult.InvalidArgument)]
    [InlineData(3005, "core.reply.length", EbpfResult.InvalidArgument)]
    [InlineData(3006, "core.reply.unexpected", EbpfResult.InvalidArgument)]
    [InlineData(3007, "core.header.length", EbpfResult.InvalidArgument)]
    [InlineData(3008, "core.async.context", EbpfResult.InvalidArgument)]
    [InlineData(3101, "validator.buffer.length", EbpfResult.InvalidArgument)]
    [InlineData(3102, "validator.header.length", EbpfResult.InvalidArgument)]
    [InlineData(3103, "validator.header.id", EbpfResult.InvalidArgument)]
    [InlineData(3104, "validator.min_length", EbpfResult.InvalidArgument)]
    public void Numbers_and_ids_once_published_keep_their_meaning(int number, string id, EbpfResult result)
    {
        Check check = CheckTable.Find(id)!;
        Assert.Equal((number, result), (check.Number, check.Result));
    }

    [Fact]
    public void Every_refusing_step_of_the_driver_has_a_row_with_its_number()
    {
        foreach (var step in Reference.Protocol.GetProperty("dispatch_checks").GetProperty("driver").EnumerateArray())
        {
            Assert.Equal(step.TryGetProperty("check", out _), CheckTable.Find(2000 + step.Int("step")) is not null);
        }
    }

    [GeneratedRegex(@"^[a-z0-9_]+(\.[a-z0-9_]+)+$")]
    private static partial Regex IdForm();

    [GeneratedRegex(@"^\S.*\.\)?$")]
    private static partial Regex SentenceForm();
}
