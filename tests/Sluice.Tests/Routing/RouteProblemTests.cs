using Sluice.Failures;
using Sluice.Routing;
using Sluice.Settings;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Routing;

public sealed class RouteProblemTests
{
    private const string Rule = "Sluice:Routes:2";

    [Fact]
    public void A_problem_names_the_setting_its_value_and_the_rule() => Problem(
        "Sluice:Routes:2:Store:Container is 'inbxo' (rule 'invoices'): not one of Sluice:Blob:Containers or Sluice:Blob:Aliases.",
        new() { Name = "invoices", Store = new() { Container = "inbxo" } });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void A_rule_has_a_name(string? name) =>
        Problem($"{Rule}:Name is missing: ", new() { Name = name, Store = new() { Container = "inbox" } });

    [Theory]
    [InlineData("first")]
    [InlineData("SECOND")]
    public void A_rule_has_a_name_of_its_own(string name) =>
        Problem($"{Rule}:Name is '{name}' (rule '{name}'): ", new() { Name = name, Store = new() { Container = "inbox" } });

    [Fact]
    public void A_rule_does_something() => Problem($"{Rule} (rule 'x') does nothing: ", new() { Name = "x" });

    [Fact]
    public void A_rule_that_refuses_does_nothing_else()
    {
        var refuse = new RouteRefuseOptions();
        var store = new RouteStoreOptions { Container = "inbox" };
        var relay = new RouteRelayOptions { Target = "erp" };
        Problem($"{Rule} (rule 'x') has Refuse together with Store or Relay", new() { Name = "x", Refuse = refuse, Store = store });
        Problem($"{Rule} (rule 'x') has Refuse together with Store or Relay", new() { Name = "x", Refuse = refuse, Relay = relay });
        Problem(
            $"{Rule} (rule 'x') has Refuse together with Store or Relay",
            new() { Name = "x", Refuse = refuse, Store = store, Relay = relay });
        Problem(
            $"{Rule} (rule 'x') has MediaTypes, but Refuse refuses every request",
            new() { Name = "x", Refuse = refuse, MediaTypes = new() { Refuse = { "image/*" } } });
    }

    [Fact]
    public void Only_a_tee_has_a_side_that_decides()
    {
        var store = new RouteStoreOptions { Container = "inbox" };
        var relay = new RouteRelayOptions { Target = "erp" };
        Problem($"{Rule}:Commit is 'Both' (rule 'x'): ", new() { Name = "x", Store = store, Commit = TeeCommit.Both });
        Problem($"{Rule}:Commit is 'BlobFirst' (rule 'x'): ", new() { Name = "x", Relay = relay, Commit = TeeCommit.BlobFirst });
        Problem($"{Rule}:Commit is 'Both' (rule 'x'): ", new() { Name = "x", Refuse = new(), Commit = TeeCommit.Both });
        Problem($"{Rule}:Commit is '7' (rule 'x'): ", new() { Name = "x", Store = store, Relay = relay, Commit = (TeeCommit)7 });
    }

    [Theory]
    [InlineData(399)]
    [InlineData(600)]
    [InlineData(200)]
    [InlineData(0)]
    public void A_refusal_has_the_status_of_one(int status) =>
        Problem($"{Rule}:Refuse:Status is '{status}' (rule 'x'): ", new() { Name = "x", Refuse = new() { Status = status } });

    [Fact]
    public void A_place_to_go_to_is_named_and_known()
    {
        Problem($"{Rule}:Store:Container is missing (rule 'x'): ", new() { Name = "x", Store = new() });
        Problem($"{Rule}:Relay:Target is missing (rule 'x'): ", new() { Name = "x", Relay = new() });
        Problem(
            $"{Rule}:Relay:Target is 'crm' (rule 'x'): not one of Sluice:Relay:Targets.",
            new() { Name = "x", Relay = new() { Target = "crm" } });
    }

    [Theory]
    [InlineData("")]
    [InlineData("/{path}")]
    [InlineData("{path}/")]
    [InlineData("a//{id}")]
    [InlineData("a\\{id}")]
    [InlineData("../{id}")]
    [InlineData("{id}.")]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("{id")]
    [InlineData("id}")]
    [InlineData("{{id}")]
    [InlineData("{a{id}}")]
    [InlineData("{}")]
    [InlineData("{Path}")]
    [InlineData("{path:x}")]
    [InlineData("{name}")]
    [InlineData("{date}")]
    [InlineData("{date:}")]
    [InlineData("{date:yyyy'}")]
    [InlineData("{date:FFF}")]
    [InlineData("{json}")]
    [InlineData("{json:a}")]
    [InlineData("{json:/a~2}")]
    [InlineData("{header}")]
    [InlineData("{header:}")]
    [InlineData("{header:a b}")]
    [InlineData("{header:Authorization}")]
    [InlineData("{header:x-functions-key}")]
    public void A_template_makes_good_names(string template)
    {
        Problem(
            $"{Rule}:Store:Name is '{template}' (rule 'x'): ",
            new() { Name = "x", Store = new() { Container = "inbox", Name = template } });
        // A relayed path may be empty, may begin with a slash, and may end as no blob name does.
        if (template is not ("" or "/{path}" or "{path}/" or "{id}." or "{date:FFF}"))
        {
            Problem(
                $"{Rule}:Relay:Path is '{template}' (rule 'x'): ", new() { Name = "x", Relay = new() { Target = "erp", Path = template } });
        }
    }

    [Theory]
    [InlineData("a?b={id}")]
    [InlineData("a#{id}")]
    public void A_relayed_path_has_no_query(string path) =>
        Problem($"{Rule}:Relay:Path is '{path}' (rule 'x'): ", new() { Name = "x", Relay = new() { Target = "erp", Path = path } });

    [Theory]
    [InlineData("")]
    [InlineData("/in/*")]
    [InlineData("in/***")]
    [InlineData("in//a")]
    public void A_path_is_a_glob(string glob) => WhenProblem($"{Rule}:When:Path is '{glob}' (rule 'x'): ", new() { Path = glob });

    [Theory]
    [InlineData("GET")]
    [InlineData("*")]
    [InlineData("")]
    public void A_method_is_one_that_a_body_comes_by(string method) =>
        WhenProblem($"{Rule}:When:Methods:1 is '{method}' (rule 'x'): ", new() { Methods = { "PUT", method } });

    [Fact]
    public void A_pattern_is_not_blank()
    {
        WhenProblem($"{Rule}:When:Headers:X is '' (rule 'x'): ", new() { Headers = { ["X"] = "" } });
        WhenProblem($"{Rule}:When:Query:y is ' ' (rule 'x'): ", new() { Query = { ["y"] = " " } });
        WhenProblem($"{Rule}:When:Json:0:Values:1 is '' (rule 'x'): ", new() { Json = { new() { Pointer = "/a", Values = { "a", "" } } } });
        WhenProblem($"{Rule}:When:DeclaredType:0 is '' (rule 'x'): ", new() { DeclaredType = { "" } });
    }

    [Fact]
    public void A_header_that_none_can_be_is_named_and_its_value_is_not() =>
        WhenProblem($"{Rule}:When:Headers:a b (rule 'x') is not a valid header name.", new() { Headers = { ["a b"] = "s3cret" } });

    [Theory]
    [InlineData("*")]
    [InlineData("image")]
    [InlineData("image/")]
    [InlineData("/png")]
    [InlineData("image/png/x")]
    [InlineData("image/png; q=1")]
    [InlineData("image/png,image/gif")]
    [InlineData("image /png")]
    public void A_media_type_has_two_parts_and_no_parameters(string type)
    {
        WhenProblem($"{Rule}:When:DeclaredType:0 is '{type}' (rule 'x'): ", new() { DeclaredType = { type } });
        WhenProblem($"{Rule}:When:SniffedType:1 is '{type}' (rule 'x'): ", new() { SniffedType = { "a/b", type } });
        var rule = Rules.Store("x");
        rule.MediaTypes = new() { Allow = { type } };
        Problem($"{Rule}:MediaTypes:Allow:0 is '{type}' (rule 'x'): ", rule);
        rule.MediaTypes = new() { Refuse = { type } };
        Problem($"{Rule}:MediaTypes:Refuse:0 is '{type}' (rule 'x'): ", rule);
    }

    [Fact]
    public void Lengths_are_in_order()
    {
        WhenProblem($"{Rule}:When:MinLength is '-1' (rule 'x'): ", new() { MinLength = -1 });
        WhenProblem($"{Rule}:When:MaxLength is '-1' (rule 'x'): ", new() { MaxLength = -1 });
        WhenProblem(
            $"{Rule}:When:MinLength is '11' (rule 'x'): it is larger than MaxLength, 10,", new() { MinLength = 11, MaxLength = 10 });
    }

    [Theory]
    [InlineData(null, "Hex is missing")]
    [InlineData("", "Hex is missing")]
    [InlineData("  ", "Hex is missing")]
    [InlineData("1", "Hex is '1'")]
    [InlineData("0x25", "Hex is '0x25'")]
    [InlineData("GG", "Hex is 'GG'")]
    public void Bytes_are_hexadecimal(string? hex, string problem) =>
        WhenProblem($"{Rule}:When:Magic:0:{problem} (rule 'x'): ", new() { Magic = { new() { Hex = hex } } });

    [Fact]
    public void Bytes_lie_within_the_largest_window()
    {
        WhenProblem($"{Rule}:When:Magic:0:Offset is '-1' (rule 'x'): ", new() { Magic = { new() { Offset = -1, Hex = "00" } } });
        WhenProblem($"{Rule}:When:Magic:0:Offset is '65535' (rule 'x'): ", new() { Magic = { new() { Offset = 65_535, Hex = "0000" } } });
        WhenProblem(
            $"{Rule}:When:Magic:0:Offset is '{int.MaxValue}' (rule 'x'): ",
            new() { Magic = { new() { Offset = int.MaxValue, Hex = "0000" } } });
        Assert.Empty(Rules.Problems(Rules.Store("x", new() { Magic = { new() { Offset = 65_535, Hex = "00" } } })));
    }

    [Fact]
    public void A_json_value_is_pointed_to_and_not_both_seen_and_not()
    {
        WhenProblem($"{Rule}:When:Json:0:Pointer is missing (rule 'x'): ", new() { Json = { new() } });
        WhenProblem($"{Rule}:When:Json:0:Pointer is 'type' (rule 'x'): ", new() { Json = { new() { Pointer = "type" } } });
        WhenProblem($"{Rule}:When:Json:0:Pointer is '/a~' (rule 'x'): ", new() { Json = { new() { Pointer = "/a~" } } });
        WhenProblem(
            $"{Rule}:When:Json:0:Seen is 'False' (rule 'x'): ",
            new() { Json = { new() { Pointer = "/a", Values = { "1" }, Seen = false } } });
    }

    [Fact]
    public void Every_problem_is_reported_at_once_and_a_table_with_one_takes_nothing()
    {
        var problems = new List<string> { "from elsewhere" };
        var table = RouteTable.Compile(
            [
                Rules.Store("good"),
                new() { When = new() { Path = "/", MinLength = -1 }, Store = new() { Name = "{" }, Relay = new() { Target = "crm" } }
            ],
            Rules.Containers,
            Rules.Targets,
            problems);

        Assert.Equal(
            ["Name", "When:MinLength", "When:Path", "Store:Container", "Store:Name", "Relay:Target"],
            problems.Skip(1).Select(static problem => problem.Split(' ')[0]["Sluice:Routes:1:".Length..]));
        table.Decide(new Ask()).Failed(FailureKind.NoRoute, Phase.Route);
    }

    [Fact]
    public void Problems_from_elsewhere_are_not_of_the_table()
    {
        var table = RouteTable.Compile([Rules.Store("good")], Rules.Containers, Rules.Targets, new List<string> { "from elsewhere" });
        table.Decide(new Ask()).Value();
    }

    private static void WhenProblem(string sentence, RouteConditionOptions when) => Problem(sentence, Rules.Store("x", when));

    private static void Problem(string sentence, RouteOptions rule)
    {
        var problem = Assert.Single(Rules.Problems(rule));
        Assert.StartsWith(sentence, problem);
        Assert.EndsWith(".", problem);
    }
}
