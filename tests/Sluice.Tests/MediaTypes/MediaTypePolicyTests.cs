using Sluice.Failures;
using Sluice.MediaTypes;
using Sluice.Settings;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.MediaTypes;

public sealed class MediaTypePolicyTests
{
    [Theory]
    [InlineData("image/png", "image/png", true)]
    [InlineData("image/jpg", "image/jpeg", true)]
    [InlineData("image/png", "application/octet-stream", true)]
    [InlineData("image/png", null, true)]
    [InlineData("image/png", "image/gif", true)]
    [InlineData("image/png", "application/x-elf", false)]
    [InlineData(null, "image/png", true)]
    [InlineData("application/octet-stream", "image/png", true)]
    [InlineData(null, "text/plain", false)]
    [InlineData(null, "application/octet-stream", false)]
    [InlineData(null, null, false)]
    [InlineData("text/plain", "image/png", false)]
    [InlineData("application/geo+json", "application/json", true)]
    [InlineData("application/json", "application/json", false)]
    public void Only_what_is_on_the_list_is_let_in(string? declared, string? sniffed, bool letIn) =>
        Expect(letIn, new() { Allow = { "image/*", "application/geo+json" } }, declared, sniffed);

    [Theory]
    [InlineData("image/png", "image/png", true)]
    [InlineData("text/html", "text/html", false)]
    [InlineData("text/html; charset=utf-8", "text/plain", false)]
    [InlineData("image/png", "text/html", false)]
    [InlineData(null, "text/html", false)]
    [InlineData("application/x-msdownload", null, false)]
    [InlineData(null, "application/vnd.microsoft.portable-executable", false)]
    [InlineData("application/x-gzip", null, false)]
    [InlineData(null, null, true)]
    public void What_is_refused_is_so_by_either_type(string? declared, string? sniffed, bool letIn) => Expect(
        letIn, new() { Refuse = { "text/html", "application/vnd.microsoft.portable-executable", "application/gzip" } }, declared, sniffed);

    [Theory]
    [InlineData("application/yaml", "text/plain", true)]
    [InlineData(null, "text/plain", false)]
    [InlineData("application/octet-stream", "text/plain", false)]
    public void Text_of_no_known_kind_is_refused_only_if_nothing_better_was_declared(string? declared, string? sniffed, bool letIn) =>
        Expect(letIn, new() { Refuse = { "text/*" } }, declared, sniffed);

    [Fact]
    public void Refuse_goes_before_allow()
    {
        var policy = new MediaTypePolicyOptions { Allow = { "image/*" }, Refuse = { "image/svg+xml" } };
        Expect(letIn: true, policy, "image/png", null);
        Expect(letIn: false, policy, "image/svg+xml", null);
    }

    [Theory]
    [InlineData("image/*", false)]
    [InlineData("IMAGE/*", false)]
    [InlineData("image/svg+xml", true)]
    [InlineData("image/svg*", true)]
    [InlineData("*/*", true)]
    public void A_drawing_that_has_scripts_is_let_in_by_its_name(string allow, bool letIn)
    {
        Expect(letIn, new() { Allow = { allow } }, "image/svg+xml", "text/xml");
        Expect(letIn, new() { Allow = { "image/png", allow } }, "Image/SVG+XML; charset=utf-8", "text/plain");
        Expect(letIn: false, new() { Refuse = { "image/*" } }, "image/svg+xml", "text/xml");
    }

    [Theory]
    [InlineData("image/png", "image/gif", false)]
    [InlineData("image/png", "image/png", true)]
    [InlineData(null, "image/png", true)]
    public void A_contradiction_is_refused_where_that_is_asked_for(string? declared, string? sniffed, bool letIn)
    {
        Expect(letIn, new() { RefuseContradiction = true }, declared, sniffed);
        Expect(letIn: true, new() { Allow = { "*/*" } }, declared, sniffed);
    }

    [Fact]
    public void A_policy_that_lets_everything_in_is_none()
    {
        Assert.Null(Compile(null));
        Assert.Null(Compile(new()));
    }

    [Fact]
    public void A_refusal_says_what_was_declared_and_what_was_seen()
    {
        Assert.Equal(
            "The media type is not accepted ('text/*' is refused): "
                + "the declared type is text/html, and the detected type is application/pdf.",
            Compile(new() { Refuse = { "text/*" } })!.Check("Text/HTML; charset=utf-8", "application/pdf")?.Detail);
        Assert.Equal(
            "The media type is not accepted (only image/*, video/* is accepted): no type is declared, and the body is empty.",
            Compile(new() { Allow = { "image/*", "video/*" } })!.Check(null, null)?.Detail);
        Assert.Equal(
            "The media type is not accepted (the body contradicts its declared type): "
                + "the declared type is image/png, and the detected type is image/gif.",
            Compile(new() { RefuseContradiction = true })!.Check("image/png", "image/gif")?.Detail);
    }

    [Fact]
    public void A_declared_type_is_told_at_no_length()
    {
        var detail = Compile(new() { Allow = { "image/*" } })!.Check($"text/{new string('x', 5_000)}", null)?.Detail;
        Assert.InRange(detail!.Length, 100, 250);
    }

    private static void Expect(bool letIn, MediaTypePolicyOptions options, string? declared, string? sniffed)
    {
        var failure = Compile(options)!.Check(declared, sniffed);
        if (letIn)
        {
            Assert.Null(failure);
        }
        else
        {
            failure.Is(FailureKind.MediaTypeRefused, Phase.Route);
        }
    }

    private static MediaTypePolicy? Compile(MediaTypePolicyOptions? options)
    {
        var problems = new List<string>();
        var policy = MediaTypePolicy.Compile(options, new SettingProblems("Sluice:MediaTypes", rule: null, problems));
        Assert.Empty(problems);
        return policy;
    }
}
